import { describe, expect, it } from 'vitest'
import { KubeletConfiguration } from '../../kubernetes/kubelet-configuration.ts'
import { kubeletFlags, settingsInEffect } from './kubelet-command-line.ts'

describe('the options of a process', () => {
  it.each([
    ['/usr/bin/kubelet', ['--root-dir=/a', '--v', '2', '--fail-swap-on', '--x=']],
    ['/hyperkube', ['kubelet', '--root-dir=/a', '--v', '2', '--fail-swap-on', '--x=']],
  ])('are read of %s', (program, rest) => {
    expect([...(kubeletFlags([program, ...rest, '']) ?? [])]).toEqual([
      ['root-dir', '/a'],
      ['v', '2'],
      ['fail-swap-on', 'true'],
      ['x', ''],
    ])
  })

  it.each([[['/usr/bin/containerd', '--config', 'kubelet']], [['vim', 'kubelet']], [[]]])(
    'are none of %j',
    (commandLine) => {
      expect(kubeletFlags(commandLine)).toBeUndefined()
    },
  )
})

describe('the settings in effect', () => {
  it('have the thresholds of a kubelet that nobody told any', () => {
    const settings = KubeletConfiguration.parse(settingsInEffect(undefined, new Map()))
    expect(settings.evictionHard['nodefs.available']).toBe('10%')
    expect(settings.imageGCHighThresholdPercent).toBe(85)
  })

  it('take the file, and the flags before it', () => {
    const file = {
      evictionHard: { 'nodefs.available': '1Gi' },
      imageGCHighThresholdPercent: 70,
      evictionSoft: null,
    }
    const flags = new Map([
      ['image-gc-high-threshold', '60'],
      ['eviction-soft', 'nodefs.available<15%, imagefs.available<20%'],
      ['eviction-soft-grace-period', 'nodefs.available=1m'],
      ['minimum-image-ttl-duration', '3m'],
    ])
    expect(KubeletConfiguration.parse(settingsInEffect(file, flags))).toMatchObject({
      evictionHard: { 'nodefs.available': '1Gi' },
      imageGCHighThresholdPercent: 60,
      imageMinimumGCAge: '3m',
      evictionSoft: { 'nodefs.available': '15%', 'imagefs.available': '20%' },
      evictionSoftGracePeriod: { 'nodefs.available': '1m' },
    })
  })
})
