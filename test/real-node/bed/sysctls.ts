import { readFileSync, writeFileSync } from 'node:fs'

/** The settings of the whole machine that a kubelet changes when it starts. */
const CHANGED_BY_KUBELET = [
  'vm/overcommit_memory',
  'vm/panic_on_oom',
  'kernel/panic',
  'kernel/panic_on_oops',
  'kernel/keys/root_maxkeys',
  'kernel/keys/root_maxbytes',
]

const fileOf = (name: string) => `/proc/sys/${name}`

/** Those settings as they are now; one that this kernel does not have is left out. */
export function readSysctls(): Record<string, string> {
  const found = CHANGED_BY_KUBELET.flatMap((name) => {
    try {
      return [[name, readFileSync(fileOf(name), 'utf8').trim()] as const]
    } catch {
      return []
    }
  })
  return Object.fromEntries(found)
}

/** Puts settings back; only the ones in the list, whatever a state file says. */
export function restoreSysctls(saved: Readonly<Record<string, string>>): void {
  const now = readSysctls()
  for (const name of CHANGED_BY_KUBELET) {
    const value = saved[name]
    if (value !== undefined && now[name] !== value) writeFileSync(fileOf(name), value)
  }
}
