import type { LogRecord } from '../frame/log-record.ts'
import { definePatternFamily } from '../pattern-family.ts'
import { texts } from '../stated-fields.ts'

/** What else gives the same error: watches, control groups, semaphores, memory; none of them is a filesystem that fills. */
const OTHER_SPACE =
  /inotify|fsnotify|file watch|add watch|watcher|\/sys\/fs\/|cgroup|cpuset|semget|semaphore|\/dev\/shm\/|\/proc\/|netlink|ip_set|ipset|\bbpf\b|perf_event|too many open files|database space exceeded|quota/i
/** A line that says it more often says it no better. */
const MOST_PHRASES = 20
const FULL = /no space left on device/gi
/** InnoDB names the error by its number, MySQL quotes its text after it. */
const NUMBERED = /operating system error number 28\b/i
const NUMBER_BEFORE = /\b28(?: means| -)? ["']$/
const PATH =
  /(?:open|write|mkdir|mkdirat|create|rename|symlink|link|copy|sync|fsync|truncate|fallocate|writing|directory|file|touch|to|into|unpigz|utime)\s+(?:to )?['"‘`]?(?<path>\/[^\s:"'’`]+)['"’`]?\s*:? (?:Cannot \w+: )?$/i
const PATH_AFTER = /^:? ['"](?<path>\/[^\s:"']+)['"]/
/** How the phrase is set in a message of a program: after a colon or an errno, at the end of a clause. */
const IN_PROSE = /(?:[a-z,] |^|["'`‘“「]|错误|提示|报)$/i

/** Errors of the filesystem itself: full, read-only, damaged (semantics §8.2 #116). */
export const diskErrors = definePatternFamily({
  id: 'disk-errors',
  prefilter: [
    'no space left on device',
    'operating system error number 28',
    'read-only file',
    'readonly filesystem',
    'remount',
    'ext2-fs',
    'ext3-fs',
    'ext4-fs',
    'xfs (',
    'btrfs',
    'buffer i/o error',
    'jbd2:',
    'mvcc: database space',
    'nospace',
  ],
  patterns: [
    {
      states: (_, record) => (fullDisk(record) ? ['no-space-left'] : []),
      versions: 'all',
      semantics: '§8.2 #116',
      forms: [{ says: /no space left on device/i }, { says: NUMBERED }],
      fields: (_, record) => texts({ path: fullDisk(record)?.path }, 'path'),
      subject: (_, record) => fullDisk(record)?.path ?? '',
      examples: [
        {
          message:
            'Failed to write checkpoint: open /var/lib/kubelet/cpu_manager_state: no space left on device',
          states: ['no-space-left'],
          fields: { path: '/var/lib/kubelet/cpu_manager_state' },
        },
        {
          message:
            '[ERROR] InnoDB: posix_fallocate(): Failed to preallocate data for file ./shop/orders.ibd, desired size 65536 bytes. Operating system error number 28. Check that the disk is not full.',
          states: ['no-space-left'],
        },
        {
          message: "InnoDB: Error number 28 means 'No space left on device'",
          states: ['no-space-left'],
        },
        {
          message: `[ERROR] mysqld: Error writing file '/var/lib/mysql/bin.000007' (errno: 28 "No space left on device")`,
          states: ['no-space-left'],
        },
        {
          message: "cp: error writing '/data/a.bin': No space left on device",
          states: ['no-space-left'],
          fields: { path: '/data/a.bin' },
        },
        {
          message: `"Unable to make pod data directories for pod" err="mkdir /var/lib/kubelet/pods/67df9465: no space left on device" pod="log/es-0"`,
          states: ['no-space-left'],
          fields: { path: '/var/lib/kubelet/pods/67df9465' },
        },
      ],
      nearMisses: [
        'Failed to watch directory "/sys/fs/cgroup": inotify_add_watch: no space left on device',
        'mkdir /sys/fs/cgroup/memory/kubepods/besteffort/pod67df9465: no space left on device',
        'write /sys/fs/cgroup/cpuset/kubepods/cpuset.cpus: no space left on device',
        'failed to create fsnotify watcher: no space left on device',
        'InnoDB: Operating system error number 2 in a file operation.',
        "Error: ENOSPC: System limit for number of file watchers reached, watch '/app': no space left on device",
      ],
    },
    {
      states: 'read-only-filesystem',
      versions: 'all',
      semantics: '§8.2 #116',
      forms: [
        {
          says: /(?:(?:open|write|mkdir|create|rename|remove|unlinkat|chown|chmod|touch|directory|of|lchown) ['"‘]?(?<path>\/[^\s:"'’]+)['"’]?: )?read-only file ?system/i,
        },
        { says: /Remounting filesystem read-only|remount-ro\b.*errors/i },
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
        { says: /\b(?<filesystem>EXT[234])-fs error \(device (?<device>[\w!/-]+)\)/ },
        {
          says: /\b(?<filesystem>EXT[234])-fs \((?<device>[\w!/-]+)\): (?:[^:]{0,60}(?:I\/O error|aborted|corrupt|delayed block allocation failed)|failed to convert unwritten)/,
        },
        {
          says: /\b(?<filesystem>XFS) \((?<device>[\w!/-]+)\): (?:[^:]{0,60}(?:[Cc]orruption|I\/O error)|xfs_do_force_shutdown|xfs_log_force: error|Internal error|Filesystem has been shut down|writeback error)/,
        },
        { says: /\b(?<filesystem>BTRFS):? (?:error|critical) \(device (?<device>[\w!/-]+)[^)]*\)/ },
        {
          says: /\bBuffer I\/O error on (?:dev|device) (?<device>[\w!/-]+)|\bJBD2: (?:Detected IO errors|Error -?\d+ detected|Detected aborted journal)/,
        },
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
      forms: [{ says: /mvcc: database space exceeded|\balarm(?:_type)?"?[:=]\s?"?NOSPACE\b/ }],
      examples: [{ message: 'etcdserver: mvcc: database space exceeded', states: ['etcd-space-exceeded'] }],
      nearMisses: ['mvcc: database space is fine'],
    },
  ],
})

/**
 * Where an ordinary filesystem was full, as far as the record says; undefined when none is. What stands before the
 * phrase tells what had no space; text without a header has to set it as a program does.
 */
function fullDisk({ text, isFramed }: LogRecord): { path?: string } | undefined {
  let seen = 0
  for (const { index } of text.matchAll(FULL)) {
    if (++seen > MOST_PHRASES) return undefined
    const before = text.slice(Math.max(0, index - 300), index)
    const after = text.slice(index + 'no space left on device'.length)
    const clause = before.slice(-160)
    if (OTHER_SPACE.test(clause) || /^[^.;]{0,60}(?:watch|inotify)/i.test(after)) continue
    if (!isFramed && IN_PROSE.test(before) && !NUMBER_BEFORE.test(before)) continue
    const path = PATH.exec(before)?.groups?.['path'] ?? PATH_AFTER.exec(after)?.groups?.['path']
    if (path !== undefined && /^\/(?:sys|proc|dev\/shm)\//.test(path)) continue
    return path === undefined ? {} : { path }
  }
  return NUMBERED.test(text) ? {} : undefined
}
