import { describe, expect, it } from 'vitest'
import { configuredNode, DEFAULT_HARD, sentences } from '../node-view.contract.ts'
import { kubeletConfigurationUnreadable } from './kubelet-configuration-unreadable.ts'

describe('kubelet-configuration-unreadable', () => {
  it('is quiet about what can be read', () => {
    expect(sentences(kubeletConfigurationUnreadable, configuredNode({ evictionHard: DEFAULT_HARD }))).toEqual(
      [],
    )
  })

  it('names every value that no kubelet takes', () => {
    const view = configuredNode({
      imageGCHighThresholdPercent: 250,
      evictionHard: { 'nodefs.available': '-1%' },
    })
    expect(sentences(kubeletConfigurationUnreadable, view)).toEqual([
      'The kubelet\'s configuration says imageGCHighThresholdPercent: 250, evictionHard.nodefs.available: "-1%", which is no value that a kubelet takes: it counts as not set, and everything else counts. Correct it in the kubelet\'s configuration file.',
    ])
  })

  it('tells a signal that no kubelet knows from a value that none takes', () => {
    const soft = { 'nodefs.availabel': '10%', 'imagefs.available': 'lots' }
    expect(sentences(kubeletConfigurationUnreadable, configuredNode({ evictionSoft: soft }))).toEqual([
      "The kubelet's configuration says evictionSoft.imagefs.available: \"lots\", which is no value that a kubelet takes: it counts as not set, and everything else counts. The kubelet's configuration has evictionSoft.nodefs.availabel, but no kubelet knows an eviction signal of that name: it is no threshold of anything. Correct it in the kubelet's configuration file.",
    ])
  })
})
