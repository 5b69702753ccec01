import { expect, it } from 'vitest'
import { KubeletConfiguration } from '../../kubernetes/kubelet-configuration.ts'
import { refusedSettings } from './refused-settings.ts'

it.each([
  [
    'a signal that there is not',
    { evictionHard: { 'nodefs.availabel': '10%' } },
    'evictionHard nodefs.availabel',
    'is no eviction signal',
  ],
  [
    'one in the minimum reclaim',
    { evictionMinimumReclaim: { nodefs: '1Gi' } },
    'evictionMinimumReclaim nodefs',
    'is no eviction signal',
  ],
  [
    'a threshold that is no quantity',
    { evictionHard: { 'nodefs.available': 'lots' } },
    'evictionHard nodefs.available',
    '"lots" is no value',
  ],
  [
    'a threshold of 0',
    { evictionHard: { 'nodefs.available': '0' } },
    'evictionHard nodefs.available',
    '"0" is no value',
  ],
  [
    'a threshold over 100 %',
    { evictionHard: { 'imagefs.available': '120%' } },
    'evictionHard imagefs.available',
    '"120%" is no value',
  ],
  ['a map that is none', { evictionHard: '10%' }, 'evictionHard', '"10%" is no value'],
  [
    'a soft threshold without grace',
    { evictionSoft: { 'nodefs.available': '20%' } },
    'evictionSoft nodefs.available',
    'has no grace period',
  ],
  [
    'a low threshold as high as the high one',
    { imageGCLowThresholdPercent: 85 },
    'imageGCLowThresholdPercent',
    'is not below imageGCHighThresholdPercent (85)',
  ],
  [
    'a maximum age as short as the minimum',
    { imageMaximumGCAge: '2m' },
    'imageMaximumGCAge',
    'is not longer than imageMinimumGCAge',
  ],
])('refuses %s', (_, settings, field, why) => {
  const refused = refusedSettings(KubeletConfiguration.parse(settings))
  expect(refused).toEqual([{ field, message: expect.stringContaining(why) as string }])
})

it.each([
  ['nothing', {}],
  ['thresholds that mean none', { evictionHard: { 'nodefs.available': '0%', 'imagefs.available': '100%' } }],
  ['signals of other resources', { evictionHard: { 'memory.available': '100Mi', 'pid.available': '10%' } }],
  ['a maximum age that is off', { imageMaximumGCAge: '0s' }],
])('takes %s', (_, settings) => {
  expect(refusedSettings(KubeletConfiguration.parse(settings))).toEqual([])
})
