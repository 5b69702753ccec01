import { isJsonObject } from '../../kubernetes/readable-fields.ts'

/** A kubelet's process, and the options it was started with. */
export interface KubeletProcess {
  pid: number
  flags: ReadonlyMap<string, string>
}

/** The options of a process, when it is a kubelet's: its name, then `--name=value`, `--name value` or `--name`. */
export function kubeletFlags(commandLine: readonly string[]): ReadonlyMap<string, string> | undefined {
  const [program = '', ...rest] = commandLine
  const name = program.slice(program.lastIndexOf('/') + 1)
  if (name !== 'kubelet' && !(name === 'hyperkube' && rest[0] === 'kubelet')) return undefined
  const flags = new Map<string, string>()
  for (const [index, argument] of rest.entries()) {
    const [, flag, value] = /^--?([a-zA-Z][\w-]*)(?:=([\s\S]*))?$/.exec(argument) ?? []
    if (flag === undefined) continue
    const next = rest[index + 1]
    flags.set(flag, value ?? (next === undefined || next.startsWith('-') ? 'true' : next))
  }
  return flags
}

/** Settings that decide about disks and that a flag can give; a flag outweighs the file (semantics §1.1, §3.2). */
const NUMBERS = {
  'image-gc-high-threshold': 'imageGCHighThresholdPercent',
  'image-gc-low-threshold': 'imageGCLowThresholdPercent',
  'eviction-max-pod-grace-period': 'evictionMaxPodGracePeriod',
  'container-log-max-files': 'containerLogMaxFiles',
} as const
const TEXTS = {
  'minimum-image-ttl-duration': 'imageMinimumGCAge',
  'eviction-pressure-transition-period': 'evictionPressureTransitionPeriod',
  'container-log-max-size': 'containerLogMaxSize',
  'volume-stats-agg-period': 'volumeStatsAggPeriod',
} as const
const MAPS = {
  'eviction-hard': 'evictionHard',
  'eviction-soft': 'evictionSoft',
  'eviction-soft-grace-period': 'evictionSoftGracePeriod',
  'eviction-minimum-reclaim': 'evictionMinimumReclaim',
} as const
/** What a kubelet on Linux evicts by when nobody says otherwise (semantics §3.2). */
const DEFAULT_HARD = {
  'memory.available': '100Mi',
  'nodefs.available': '10%',
  'nodefs.inodesFree': '5%',
  'imagefs.available': '15%',
}

/**
 * The settings in effect, as far as a kubelet's configuration file and its flags tell. Unlike `/configz`, a file says
 * nothing of a default; the one that counts, `evictionHard`, is put in.
 */
export function settingsInEffect(file: unknown, flags: ReadonlyMap<string, string>): Record<string, unknown> {
  const settings: Record<string, unknown> = {
    evictionHard: DEFAULT_HARD,
    ...(isJsonObject(file) ? withoutNulls(file) : {}),
  }
  for (const [flag, value] of flags) {
    if (flag in NUMBERS) settings[NUMBERS[flag as keyof typeof NUMBERS]] = Number(value)
    if (flag in TEXTS) settings[TEXTS[flag as keyof typeof TEXTS]] = value
    if (flag in MAPS) settings[MAPS[flag as keyof typeof MAPS]] = entries(value)
  }
  return settings
}

function withoutNulls(file: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(file).filter(([, value]) => value !== null))
}

/** `a<1,b<2` or `a=1,b=2`. */
function entries(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').flatMap((entry) => {
      const [, name, value] = /^\s*([\w.]+)\s*[<=]\s*(\S+)\s*$/.exec(entry) ?? []
      return name === undefined || value === undefined ? [] : [[name, value]]
    }),
  )
}
