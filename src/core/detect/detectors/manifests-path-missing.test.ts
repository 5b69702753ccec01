import { describe, expect, it } from 'vitest'
import { createFramer } from '../../explain/frame/framer.ts'
import { foldFacts } from '../../explain/fold.ts'
import { readFacts } from '../../explain/read-facts.ts'
import { runDetector } from '../detector.ts'
import { nodeView } from '../node-view.contract.ts'
import { manifestsPathMissing } from './manifests-path-missing.ts'

describe('manifests-path-missing', () => {
  it('names the path once, however often the kubelet does', () => {
    const framer = createFramer({ file: 'kubelet.log', year: 2026 })
    const line =
      'E1107 06:20:47.943073 13241 file_linux.go:61] Unable to read config path "/etc/kubernetes/manifests": path does not exist, ignoring'
    const facts = foldFacts(
      [],
      [line, line]
        .flatMap((text) => framer.push(text))
        .concat(framer.end())
        .flatMap(readFacts),
    )
    expect(runDetector(manifestsPathMissing, nodeView([500], { facts }))).toMatchObject([
      { severity: 'info', message: { params: { path: '/etc/kubernetes/manifests' } } },
    ])
  })

  it('is quiet otherwise', () => {
    expect(runDetector(manifestsPathMissing, nodeView([500]))).toEqual([])
  })
})
