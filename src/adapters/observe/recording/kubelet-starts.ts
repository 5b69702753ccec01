import { createFramer } from '../../../core/explain/frame/framer.ts'
import type { Instant } from '../../../core/units/instant.ts'

/** What a simulation may know of a kubelet's log: its starts, its flags and its version. */
export interface KubeletStarts {
  starts: Instant[]
  /** Of the last start that says it. */
  version?: string
  flags: Readonly<Record<string, string>>
}

const FLAG = /^FLAG: --([\w-]+)="(.*)"$/
const VERSION = /(?:^Version: |kubeletVersion="|^"?Kubelet version"? kubeletVersion=")(v?\d+\.\d+[\w.+-]*)/
const STARTED = /^"?Started kubelet"?/

/** Reads starts, flags and version out of a kubelet's log, and nothing else of it. */
export function readKubeletStarts(log: string, options: { node: string; year: number }): KubeletStarts {
  const framer = createFramer({ file: 'kubelet.log', ...options })
  const lines = log.split('\n').filter((line) => /FLAG: --|Version|Started kubelet/.test(line))
  const records = [...lines.flatMap((line) => framer.push(line)), ...framer.end()]
  const flags: Record<string, string> = {}
  const starts: Instant[] = []
  let version: string | undefined
  for (const { message, raw, time } of records) {
    const [, flag, value] = FLAG.exec(message) ?? []
    if (flag !== undefined && value !== undefined) flags[flag] = value
    version = VERSION.exec(message)?.[1] ?? VERSION.exec(raw)?.[1] ?? version
    if (STARTED.test(message) && time.at !== null) starts.push(time.at)
  }
  return { starts, flags, ...(version === undefined ? {} : { version }) }
}
