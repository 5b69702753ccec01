import { definePatternFamily } from '../pattern-family.ts'
import { texts } from '../stated-fields.ts'

/** A line that speaks of another quota than that of an ordinary filesystem. */
const OTHER_QUOTA = /inotify|fsnotify|cgroup|too many open files|mvcc: database space exceeded/i

/** Errors of the filesystem itself: full, read-only, damaged (semantics §8.2 #116). */
export const diskErrors = definePatternFamily({
  id: 'disk-errors',
  prefilter: ['no space left on device', 'read-only', 'ext4-fs', 'xfs', 'btrfs', 'mvcc: database space'],
  patterns: [
    {
      states: (_, { message, values }) =>
        OTHER_QUOTA.test(message) || [...values.values()].some((value) => OTHER_QUOTA.test(value))
          ? []
          : ['no-space-left'],
      versions: 'all',
      semantics: '§8.2 #116',
      forms: [
        {
          text: /(?:(?:open|write|mkdir|create|rename|symlink|link|copy|mkdirat|sync) (?<path>\/[^\s:"]+): )?no space left on device/,
        },
        {
          structured: /.*/s,
          keys: { all: 'err' },
          where: {
            all: /(?:(?:open|write|mkdir|create|rename) (?<path>\/[^\s:"]+): )?no space left on device/,
          },
        },
        {
          structured: /.*/s,
          keys: { all: 'error' },
          where: {
            all: /(?:(?:open|write|mkdir|create|rename) (?<path>\/[^\s:"]+): )?no space left on device/,
          },
        },
        {
          reason: /./,
          message: /(?:(?:open|write|mkdir|create|rename) (?<path>\/[^\s:"]+): )?no space left on device/,
        },
      ],
      fields: (groups) => texts(groups, 'path'),
      subject: ({ path }) => path ?? '',
      examples: [
        {
          message:
            'Failed to write checkpoint: open /var/lib/kubelet/cpu_manager_state: no space left on device',
          states: ['no-space-left'],
          fields: { path: '/var/lib/kubelet/cpu_manager_state' },
        },
      ],
      nearMisses: ['Failed to watch directory "/sys/fs/cgroup": inotify_add_watch: no space left on device'],
    },
    {
      states: 'read-only-filesystem',
      versions: 'all',
      semantics: '§8.2 #116',
      forms: [
        { text: /(?:(?:open|write|mkdir|create|rename|remove) (?<path>\/[^\s:"]+): )?read-only file system/ },
        { text: /Remounting filesystem read-only/ },
      ],
      fields: (groups) => texts(groups, 'path'),
      subject: ({ path }) => path ?? '',
      examples: [
        {
          message: 'open /var/lib/kubelet/x: read-only file system',
          states: ['read-only-filesystem'],
          fields: { path: '/var/lib/kubelet/x' },
        },
      ],
      nearMisses: ['EXT4-fs (sda1): mounted read-only'],
    },
    {
      states: 'filesystem-error',
      versions: 'all',
      semantics: '§8.2 #116',
      forms: [
        { text: /\b(?<filesystem>EXT4)-fs error \(device (?<device>[\w-]+)\)/ },
        {
          text: /\b(?<filesystem>XFS) \((?<device>[\w-]+)\): (?:Corruption|Metadata corruption|xfs_do_force_shutdown|log I\/O error)/,
        },
        { text: /\b(?<filesystem>BTRFS): error \(device (?<device>[\w-]+)\)/ },
      ],
      fields: (groups) => texts(groups, 'device', 'filesystem'),
      subject: ({ device }) => device ?? '',
      examples: [
        {
          message:
            'EXT4-fs error (device sda1): ext4_find_entry:1455: inode #2: comm kubelet: reading directory lblock 0',
          states: ['filesystem-error'],
          fields: { device: 'sda1', filesystem: 'EXT4' },
        },
      ],
      nearMisses: [
        'EXT4-fs (sda1): mounted filesystem with ordered data mode',
        'XFS (sda1): Mounting V5 Filesystem',
      ],
    },
    {
      states: 'etcd-space-exceeded',
      versions: 'all',
      semantics: 'etcd',
      forms: [
        { text: /mvcc: database space exceeded/ },
        { structured: /.*/s, keys: { all: 'err' }, where: { all: /mvcc: database space exceeded/ } },
      ],
      examples: [{ message: 'etcdserver: mvcc: database space exceeded', states: ['etcd-space-exceeded'] }],
      nearMisses: ['mvcc: database space is fine'],
    },
  ],
})
