import { definePatternFamily } from '../pattern-family.ts'
import { seconds, stated, texts } from '../stated-fields.ts'

/** Images that are passed over as too young, and those that cannot be deleted (semantics §1.5, §8.2 #13, #90, #95). */
export const imageRemoval = definePatternFamily({
  id: 'image-removal',
  prefilter: [
    'remove image',
    'removeimage',
    'delete image',
    'deleting image',
    'errors in image deletion',
    'conflict: unable to',
    'less than the policy',
  ],
  patterns: [
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
          says: /(?:RemoveImage|Remove image|Delet(?:e|ing) image) "(?<imageId>[^"\s]+)" (?:from image service )?failed(?:: |.{0,12}error=")(?<error>.+?)"?$/s,
        },
        {
          structured: /^(?:RemoveImage from image service failed|Failed to remove image)$/,
          keys: { imageId: 'image', error: 'err' },
        },
        {
          says: /(?<error>conflict: unable to (?:remove|delete) (?:repository reference "(?<imageId>[^"\s]+)"|\S+ ).*|with errors in image deletion: .*)$/s,
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
      nearMisses: ['RemoveImage "sha256:aa" returns successfully', 'conflict: unable to apply'],
    },
  ],
})
