import { failureFacts, failureFields } from '../collection-failure.ts'
import { definePatternFamily, type Groups } from '../pattern-family.ts'
import { numbers, texts } from '../stated-fields.ts'

const FAILED =
  /[Ii]mage garbage collection failed(?<turn> multiple times in a row| once)?[^:"]*(?:"? err="|: )?(?<error>.*)$/s
const SHORT =
  /(?<error>(?:[Ff]ailed to garbage collect required amount of images|[Ww]anted to free \d+(?: bytes)?, but freed \d+ (?:bytes )?space with errors in image deletion|Insufficient free disk space on the node's image filesystem).*)$/s

/** Image garbage collection: why it starts, what it removes, how it fails (semantics §1, §8.2 #1–#22). */
export const imageGc = definePatternFamily({
  id: 'image-gc',
  prefilter: [
    'over the high threshold',
    'removing image',
    'garbage collect',
    'imagegcfailed',
    'freediskspace',
    'free disk space',
    'wanted to free',
    'invaliddiskcapacity',
    'invalid capacity',
    'errors in image deletion',
  ],
  patterns: [
    {
      states: 'image-gc-started',
      versions: 'all',
      semantics: '§8.2 #1, #2',
      forms: [
        {
          says: /Disk usage on (?:image filesystem|"?[^\s"]{1,200}"? ?\([^)]{1,200}\)) is at (?<usagePercent>\d+)% which is over the high threshold(?: \((?<highThresholdPercent>\d+)%\))?(?:\. Trying to free (?<bytesToFree>-?\d+) bytes(?: down to the low threshold +\((?<lowThresholdPercent>\d+)%\))?)?/,
        },
        {
          says: /Disk usage on image filesystem is over the high threshold, trying to free/,
          keys: {
            usagePercent: 'usage',
            highThresholdPercent: 'highThreshold',
            lowThresholdPercent: 'lowThreshold',
            bytesToFree: 'amountToFree',
          },
        },
      ],
      fields: (groups, { values }) =>
        numbers(
          values.size > 0 ? withoutCut(groups) : groups,
          'usagePercent',
          'highThresholdPercent',
          'lowThresholdPercent',
          'bytesToFree',
        ),
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
        {
          message:
            '[imageGCManager]: Disk usage on image filesystem is at 86% which is over the high threshold (85%). Trying to free 2184',
          states: ['image-gc-started'],
          fields: { usagePercent: 86, highThresholdPercent: 85 },
        },
        {
          message:
            '[ImageManager]: Disk usage on "/dev/xvda1" (/var/lib/docker) is at 91% which is over the high threshold (90%). Trying to free 2113937408 bytes',
          states: ['image-gc-started'],
          fields: { usagePercent: 91, highThresholdPercent: 90, bytesToFree: 2_113_937_408 },
        },
      ],
      nearMisses: [
        '[imageGCManager]: Disk usage on image filesystem is at 86%',
        'klog.Infof("[imageGCManager]: Disk usage on image filesystem is at %d%% which is over the high threshold (%d%%)")',
      ],
    },
    {
      states: 'image-gc-removed-image',
      versions: 'all',
      semantics: '§8.2 #5, #6',
      forms: [
        {
          says: /\[[iI]mage(?:GC)?Manager\]: Removing image "(?:(?<imageId>[^"\s]+)"(?: to free (?<sizeBytes>\d+) bytes)?)?/,
        },
        { says: /Removing image to free bytes"/, keys: { imageId: 'imageID', sizeBytes: 'size' } },
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
          message: '[imageGCManager]: Removing image "sha256:6858809bf669cc5da7cb6af8',
          states: ['image-gc-removed-image'],
          fields: {},
        },
        {
          message: '"Removing image to free bytes" imageID="sha256:abc1" size=4567 runtimeHandler=""',
          states: ['image-gc-removed-image'],
          fields: { imageId: 'sha256:abc1', sizeBytes: 4567 },
        },
      ],
      nearMisses: ['Removing image "x" from the registry', 'Removing image to free up space is advised'],
    },
    {
      states: failureFacts,
      versions: 'all',
      semantics: '§1.9, §8.2 #19–#21, #52; §9',
      forms: [
        {
          structured: /^Image garbage collection failed(?<turn> multiple times in a row| once)?/,
          keys: { error: 'err' },
          where: { error: /./s },
        },
        { says: FAILED },
        { says: SHORT },
        { reason: /^(?<reason>ImageGCFailed|FreeDiskSpaceFailed)$/, message: /^(?<error>.*)$/s },
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
          states: ['image-gc-stats-not-ready', 'invalid-disk-capacity'],
          fields: { error: 'invalid capacity 0 on image filesystem' },
        },
        {
          message:
            'Image garbage collection failed once. Stats initialization may not have completed yet: failed to garbage collect required amount of images. Wanted to free 100 bytes, but freed 40 bytes',
          states: ['image-gc-failed'],
        },
        {
          message:
            'eviction manager: unexpected error when attempting to reduce ephemeral-storage pressure: wanted to free 9223372036854775807 bytes, but freed 71 bytes space with errors in image deletion: rpc error: code = Unknown desc = Error response from daemon: conflict: unable to delete 6858809bf669 (must be forced) - image is being used by stopped container 5d2ac2f1b0a1',
          states: ['image-gc-failed', 'image-delete-failed'],
          fields: {
            bytesFreed: 71,
            error:
              'wanted to free 9223372036854775807 bytes, but freed 71 bytes space with errors in image deletion: rpc error: code = Unknown desc = Error response from daemon: conflict: unable to delete 6858809bf669 (must be forced) - image is being used by stopped container 5d2ac2f1b0a1',
          },
        },
        {
          message: 'Image garbage collection failed multiple times in a row: timeout: deadline exceeded',
          states: ['image-gc-failed'],
        },
        {
          message:
            '"Image garbage collection failed multiple times in a row" err="Failed to garbage collect required amount of images. Attempted to free 3009544192 bytes, but only found 0 bytes eligible to free."',
          states: ['image-gc-failed', 'image-gc-freed-nothing'],
        },
      ],
      nearMisses: ['Image garbage collection succeeded', 'Image garbage collection is periodic'],
    },
    {
      states: 'invalid-disk-capacity',
      versions: 'all',
      semantics: '§9',
      forms: [
        { says: /invalid capacity 0 on (?:image|node)? ?(?:filesystem|fs)/ },
        { reason: /^InvalidDiskCapacity$/ },
      ],
      examples: [{ message: 'invalid capacity 0 on image filesystem', states: ['invalid-disk-capacity'] }],
      nearMisses: ['capacity of the image filesystem'],
    },
  ],
})

/** The pairs of a structured line in their order; without the last one when others are missing after it, for it may be cut. */
function withoutCut(groups: Groups): Groups {
  const { usagePercent, highThresholdPercent, bytesToFree, lowThresholdPercent } = groups
  if (lowThresholdPercent !== undefined && lowThresholdPercent.length > 1) return groups
  if (lowThresholdPercent !== undefined) return { usagePercent, highThresholdPercent, bytesToFree }
  if (bytesToFree !== undefined) return { usagePercent, highThresholdPercent }
  return highThresholdPercent === undefined ? {} : { usagePercent }
}
