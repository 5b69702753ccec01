import { definePatternFamily, type Groups } from '../pattern-family.ts'
import { numbers, seconds, stated, texts } from '../stated-fields.ts'

const WANTED =
  /(?:Wanted to free (?<bytesToFree>\d+) bytes, but freed (?<bytesFreed>\d+) bytes|Attempted to free (?<attempted>\d+) bytes, but only found (?<eligible>\d+) bytes eligible|Failed to free sufficient space by deleting unused images \(freed (?<freed>\d+) bytes\))/

/** Image garbage collection: why it starts, what it removes, how it fails (semantics §1, §8.2 #1–#22). */
export const imageGc = definePatternFamily({
  id: 'image-gc',
  prefilter: ['image', 'freediskspacefailed', 'invaliddiskcapacity'],
  patterns: [
    {
      states: 'image-gc-started',
      versions: 'all',
      semantics: '§8.2 #1, #2',
      forms: [
        {
          text: /^\[imageGCManager\]: Disk usage on image filesystem is at (?<usagePercent>\d+)% which is over the high threshold \((?<highThresholdPercent>\d+)%\)\. Trying to free (?<bytesToFree>\d+) bytes down to the low threshold \((?<lowThresholdPercent>\d+)%\)/,
        },
        {
          structured:
            /^Disk usage on image filesystem is over the high threshold, trying to free bytes down to the low threshold$/,
          keys: {
            usagePercent: 'usage',
            highThresholdPercent: 'highThreshold',
            lowThresholdPercent: 'lowThreshold',
            bytesToFree: 'amountToFree',
          },
        },
      ],
      fields: (groups) =>
        numbers(groups, 'usagePercent', 'highThresholdPercent', 'lowThresholdPercent', 'bytesToFree'),
      examples: [
        {
          message:
            '[imageGCManager]: Disk usage on image filesystem is at 86% which is over the high threshold (85%). Trying to free 21849563955 bytes down to the low threshold (80%).',
          states: ['image-gc-started'],
          fields: {
            usagePercent: 86,
            highThresholdPercent: 85,
            lowThresholdPercent: 80,
            bytesToFree: 21_849_563_955,
          },
        },
        {
          message:
            '"Disk usage on image filesystem is over the high threshold, trying to free bytes down to the low threshold" usage=88 highThreshold=85 amountToFree=9124454400 lowThreshold=80',
          states: ['image-gc-started'],
          fields: {
            usagePercent: 88,
            highThresholdPercent: 85,
            lowThresholdPercent: 80,
            bytesToFree: 9_124_454_400,
          },
        },
      ],
      nearMisses: [
        '[imageGCManager]: Disk usage on image filesystem is at 86% which is over the high threshold (85%). Trying to free 2184',
      ],
    },
    {
      states: 'image-gc-removed-image',
      versions: 'all',
      semantics: '§8.2 #5, #6',
      forms: [
        { text: /^\[imageGCManager\]: Removing image "(?<imageId>[^"]+)" to free (?<sizeBytes>\d+) bytes/ },
        { structured: /^Removing image to free bytes$/, keys: { imageId: 'imageID', sizeBytes: 'size' } },
      ],
      fields: (groups) => ({ ...texts(groups, 'imageId'), ...numbers(groups, 'sizeBytes') }),
      subject: ({ imageId }) => imageId ?? '',
      examples: [
        {
          message:
            '[imageGCManager]: Removing image "sha256:6858809bf669cc5da7cb6af83d0fae838284d12e1be0182f92f6bd96559873e3" to free 1231725 bytes',
          states: ['image-gc-removed-image'],
          fields: {
            imageId: 'sha256:6858809bf669cc5da7cb6af83d0fae838284d12e1be0182f92f6bd96559873e3',
            sizeBytes: 1_231_725,
          },
        },
        {
          message: '"Removing image to free bytes" imageID="sha256:abc1" size=4567 runtimeHandler=""',
          states: ['image-gc-removed-image'],
          fields: { imageId: 'sha256:abc1', sizeBytes: 4567 },
        },
      ],
      nearMisses: [
        '[imageGCManager]: Removing image "sha256:6858809bf669cc5da7cb6af8',
        'Removing image "x" from the registry',
      ],
    },
    {
      states: ({ error = '', ...groups }) => failureFacts({ ...groups, error }),
      versions: 'all',
      semantics: '§1.9, §8.2 #19–#21',
      forms: [
        {
          text: /^Image garbage collection failed (?<turn>multiple times in a row|once)[^:]*: (?<error>.+)$/s,
        },
        {
          structured: /^Image garbage collection failed (?<turn>multiple times in a row|once)/,
          keys: { error: 'err' },
        },
      ],
      fields: (groups) => failureFields(groups.error),
      examples: [
        {
          message:
            'Image garbage collection failed multiple times in a row: failed to garbage collect required amount of images. Wanted to free 21849563955 bytes, but freed 0 bytes',
          states: ['image-gc-failed', 'image-gc-freed-nothing'],
          fields: {
            bytesToFree: 21_849_563_955,
            bytesFreed: 0,
            error:
              'failed to garbage collect required amount of images. Wanted to free 21849563955 bytes, but freed 0 bytes',
          },
        },
        {
          message:
            'Image garbage collection failed once. Stats initialization may not have completed yet: invalid capacity 0 on image filesystem',
          states: ['image-gc-stats-not-ready'],
          fields: { error: 'invalid capacity 0 on image filesystem' },
        },
        {
          message:
            'Image garbage collection failed once. Stats initialization may not have completed yet: failed to garbage collect required amount of images. Wanted to free 100 bytes, but freed 40 bytes',
          states: ['image-gc-failed'],
        },
        {
          message:
            '"Image garbage collection failed multiple times in a row" err="Failed to garbage collect required amount of images. Attempted to free 3009544192 bytes, but only found 0 bytes eligible to free."',
          states: ['image-gc-failed', 'image-gc-freed-nothing'],
        },
      ],
      nearMisses: ['Image garbage collection succeeded'],
    },
    {
      states: (groups) => failureFacts(groups),
      versions: 'all',
      semantics: '§9',
      forms: [{ reason: /^(?:ImageGCFailed|FreeDiskSpaceFailed)$/, message: /^(?<error>.*)$/s }],
      fields: (groups) => failureFields(groups.error),
      examples: [],
      nearMisses: [],
    },
    {
      states: 'image-too-young',
      versions: 'all',
      semantics: '§8.2 #13',
      forms: [
        {
          text: /^Image ID (?<imageId>\S+) has age (?<age>\S+) which is less than the policy's minAge of (?<minimumAge>[^,\s]+), not eligible/,
        },
        {
          structured:
            /^Image ID's age is less than the policy's minAge, not eligible for garbage collection$/,
          keys: { imageId: 'imageID', age: 'age', minimumAge: 'minAge' },
        },
      ],
      fields: (groups) => ({
        ...texts(groups, 'imageId'),
        ...stated({ ageSeconds: seconds(groups.age), minimumAgeSeconds: seconds(groups.minimumAge) }),
      }),
      subject: ({ imageId }) => imageId ?? '',
      examples: [
        {
          message:
            "Image ID sha256:d27a has age 0s which is less than the policy's minAge of 30s, not eligible for garbage collection",
          states: ['image-too-young'],
          fields: { imageId: 'sha256:d27a', ageSeconds: 0, minimumAgeSeconds: 30 },
        },
      ],
      nearMisses: ['Image ID sha256:d27a is being used'],
    },
    {
      states: 'image-delete-failed',
      versions: 'all',
      semantics: '§8.2 #90, #95',
      forms: [
        {
          text: /^(?:RemoveImage|Remove image) "(?<imageId>[^"]+)" (?:from image service )?failed: (?<error>.+)$/s,
        },
        {
          structured: /^(?:RemoveImage from image service failed|Failed to remove image)$/,
          keys: { imageId: 'image', error: 'err' },
        },
      ],
      fields: (groups) => texts(groups, 'imageId', 'error'),
      subject: ({ imageId }) => imageId ?? '',
      examples: [
        {
          message:
            'RemoveImage "sha256:aa" from image service failed: rpc error: code = Unknown desc = conflict',
          states: ['image-delete-failed'],
          fields: { imageId: 'sha256:aa', error: 'rpc error: code = Unknown desc = conflict' },
        },
      ],
      nearMisses: ['RemoveImage "sha256:aa" returns successfully'],
    },
    {
      states: 'invalid-disk-capacity',
      versions: 'all',
      semantics: '§9',
      forms: [{ reason: /^InvalidDiskCapacity$/ }],
      examples: [],
      nearMisses: ['capacity of the image filesystem'],
    },
  ],
})

/** A failure for want of stats is harmless; one that names amounts is not, whatever heads the sentence. */
function failureFacts({ error = '' }: Groups) {
  const { bytesToFree, bytesFreed } = failureFields(error)
  if (bytesToFree === undefined && bytesFreed === undefined) {
    return /invalid capacity 0|stats|failed to get imageFs|unable to find data/i.test(error)
      ? (['image-gc-stats-not-ready'] as const)
      : (['image-gc-failed'] as const)
  }
  return bytesFreed === 0
    ? (['image-gc-failed', 'image-gc-freed-nothing'] as const)
    : (['image-gc-failed'] as const)
}

function failureFields(error = '') {
  const { bytesToFree, bytesFreed, attempted, eligible, freed } = WANTED.exec(error)?.groups ?? {}
  return {
    ...numbers(
      { bytesToFree: bytesToFree ?? attempted, bytesFreed: bytesFreed ?? eligible ?? freed },
      'bytesToFree',
      'bytesFreed',
    ),
    ...texts({ error }, 'error'),
  }
}
