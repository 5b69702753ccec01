import { definePatternFamily } from '../pattern-family.ts'
import { numbers, texts } from '../stated-fields.ts'

/** A UID, or the hash that names a static pod. */
const UID = '(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})'

/**
 * The directory of a pod that is still mounted is only being waited for.
 * The error follows a colon: a path that a blank or the end of the line ends may be cut, and is not told.
 */
const FOUND = new RegExp(
  `^[^]{0,400}?[Oo]rphaned pod "(?:(?<podUid>${UID})"|[^"]{0,80}"?) found, but (?!v(?!olume (?:p|s)))(?=\\S)[^]*?(?:at path (?<path>/\\S+?)(?=:(?:\\s|$))[^]*?)?(?:There were a total of (?<totalErrors>\\d+) errors|numErrs=(?<numErrs>\\d+)|$)`,
)

/** Directories of pods that are gone, which the kubelet does not remove (semantics §4.3, §8.2 #69–#71). */
export const orphanedPods = definePatternFamily({
  id: 'orphaned-pods',
  prefilter: ['orphaned pod'],
  patterns: [
    {
      states: 'orphaned-pod-volumes',
      versions: 'all',
      semantics: '§4.3, §8.2 #69–#72, #77',
      forms: [
        {
          structured: /^There were many similar errors\. Turn up verbosity to see them\.$/,
          keys: { all: 'err', totalErrors: 'numErrs' },
          where: { all: FOUND },
        },
        {
          structured: /^Orphaned pod found, but failed to remove volumes subdir$/,
          keys: { podUid: 'podUID', path: 'path' },
        },
        { says: FOUND },
      ],
      fields: (groups) => ({
        ...texts(groups, 'podUid', 'path'),
        ...numbers({ totalErrors: groups.totalErrors ?? groups.numErrs }, 'totalErrors'),
      }),
      subject: ({ podUid }) => podUid ?? '',
      examples: [
        {
          message:
            'Orphaned pod "f6a977f4-2098-11eb-90a3-2c534a095a16" found, but volume paths are still present on disk : There were a total of 1 errors similar to this. Turn up verbosity to see them.',
          states: ['orphaned-pod-volumes'],
          fields: { podUid: 'f6a977f4-2098-11eb-90a3-2c534a095a16', totalErrors: 1 },
        },
        {
          message:
            'orphaned pod "f6a977f4-2098-11eb-90a3-2c534a095a16" found, but failed to rmdir() volume at path /var/lib/kubelet/pods/f6a977f4-2098-11eb-90a3-2c534a095a16/volumes/kubernetes.io~csi/pv1: directory not empty : There were a total of 3 errors similar to this. Turn up verbosity to see them.',
          states: ['orphaned-pod-volumes'],
          fields: {
            podUid: 'f6a977f4-2098-11eb-90a3-2c534a095a16',
            path: '/var/lib/kubelet/pods/f6a977f4-2098-11eb-90a3-2c534a095a16/volumes/kubernetes.io~csi/pv1',
            totalErrors: 3,
          },
        },
        {
          message:
            '"There were many similar errors. Turn up verbosity to see them." err="orphaned pod \\"f6a977f4-2098-11eb-90a3-2c534a095a16\\" found, but error occurred when trying to remove the volumes dir: not a directory" numErrs=2',
          states: ['orphaned-pod-volumes'],
          fields: { podUid: 'f6a977f4-2098-11eb-90a3-2c534a095a16', totalErrors: 2 },
        },
        {
          message: 'Orphaned pod "f6a977f4-2098-11eb" found, but volume paths are still present on disk',
          states: ['orphaned-pod-volumes'],
          fields: {},
        },
        {
          message:
            'orphaned pod "f6a977f4-2098-11eb-90a3-2c534a095a16" found, but failed to rmdir() volume at path /var/lib/kubelet/pods/f6a977f4-2098-11eb-90a3-2c534a095a16/volumes/kubernetes.io~local-volume/old data: directory not empty',
          states: ['orphaned-pod-volumes'],
          fields: { podUid: 'f6a977f4-2098-11eb-90a3-2c534a095a16' },
        },
        {
          message:
            'orphaned pod "f6a977f4-2098-11eb-90a3-2c534a095a16" found, but failed to rmdir() volume at path /var/lib/kubelet/pods/f6a977f4-2098-11eb-90a3-2c534a095a16/volumes/kubernetes.io~local-vol',
          states: ['orphaned-pod-volumes'],
          fields: { podUid: 'f6a977f4-2098-11eb-90a3-2c534a095a16' },
        },
        {
          message:
            'orphaned pod "f6a977f4-2098-11eb-90a3-2c534a095a16" found, but failed to rmdir() subpath at path /var/lib/kubelet/pods/f6a977f4-2098-11eb-90a3-2c534a095a16/volume-subpaths/a:b/main/0: not a directory',
          states: ['orphaned-pod-volumes'],
          fields: {
            podUid: 'f6a977f4-2098-11eb-90a3-2c534a095a16',
            path: '/var/lib/kubelet/pods/f6a977f4-2098-11eb-90a3-2c534a095a16/volume-subpaths/a:b/main/0',
          },
        },
      ],
      nearMisses: [
        'orphaned pod found, and removed',
        'Orphaned pod "f6a977f4-2098-11eb-90a3-2c534a095a16" found, removing',
        'Orphaned pod "f6a977f4-2098-11eb-90a3-2c534a095a16" found, but volumes are not cleaned up',
      ],
    },
  ],
})
