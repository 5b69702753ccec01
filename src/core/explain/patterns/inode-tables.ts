import { definePatternFamily } from '../pattern-family.ts'
import { texts } from '../stated-fields.ts'

/** Filesystems without a free inode, as `df -i` shows them. A squashfs of a snap, a CD or memory is no disk that fills. */
export const inodeTables = definePatternFamily({
  id: 'inode-tables',
  prefilter: ['100%', 'inodesfree'],
  patterns: [
    {
      states: 'inodes-exhausted',
      versions: 'all',
      semantics: '§3.1, §8.2 #65',
      forms: [
        {
          row: 'inode-use',
          text: /^\s*(?!\/dev\/(?:loop|sr)|tmpfs|devtmpfs|udev|squashfs|shm)\S+(?:\s+[\d.]+[KMGT]?){3}\s+100%\s+(?<path>\/(?!snap\/|run\/|sys\/|dev\/|proc\/)\S*)/,
        },
        {
          says: /[eE]viction manager: (?:thresholds - [^:]{1,80}: )?threshold(?: observed resource"?.*signal="?| \[signal=)(?<signal>(?:nodefs|imagefs|containerfs)\.inodesFree)/,
        },
      ],
      fields: (groups) => texts(groups, 'path'),
      subject: ({ path }) => path ?? '',
      examples: [
        {
          message:
            'eviction manager: thresholds - ignoring grace period: threshold [signal=nodefs.inodesFree, quantity=12345] observed 1234',
          states: ['inodes-exhausted'],
        },
      ],
      nearMisses: [
        'eviction manager: observations: signal=nodefs.inodesFree, available: 6553212, capacity: 6553600, time: 2020-11-07 06:20:49 +0000 UTC',
        'FLAG: --eviction-hard="imagefs.available<15%,memory.available<100Mi,nodefs.available<10%,nodefs.inodesFree<5%"',
      ],
    },
  ],
})
