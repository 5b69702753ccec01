import { describe, expect, it } from 'vitest'
import { nodeView, sentences } from '../node-view.contract.ts'
import { kubeletVersionUnknown } from './kubelet-version-unknown.ts'

describe('kubelet-version-unknown', () => {
  it.each(['v1.30.2', 'v1.26.3+k3s1', undefined])('is quiet about %j', (kubeletVersion) => {
    const view = nodeView([500], kubeletVersion === undefined ? {} : { kubeletVersion })
    expect(sentences(kubeletVersionUnknown, view)).toEqual([])
  })

  it('quotes what is no version, short and fit to be printed', () => {
    expect(sentences(kubeletVersionUnknown, nodeView([500], { kubeletVersion: 'v2.0.0' }))).toEqual([
      'The kubelet calls its version "v2.0.0", which is no version of Kubernetes 1: rules that differ from version to version are not applied to this node. Run `kubelet --version` on the node to see what it is.',
    ])
    const hostile = `\u001b[2J\`rm\`\n${'x'.repeat(10_000)}`
    const [sentence = ''] = sentences(kubeletVersionUnknown, nodeView([500], { kubeletVersion: hostile }))
    expect(sentence).toContain('"�[2J rm  xxx')
    expect(sentence.length).toBeLessThan(400)
  })
})
