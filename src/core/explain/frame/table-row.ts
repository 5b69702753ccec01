import type { DescribedObject } from './described-object.ts'
import type { RowKind } from './log-record.ts'

const INODES_HEAD = /^\s*Filesystem\s.*\bIUse%/i
const INODES_ROW = /^\s*\S+(?:\s+[\d.]+[KMGT]?){3}\s+\d+%\s+\//
const CLAIM_ROW =
  /^\s*(?:[a-z0-9][a-z0-9-]*\s+)?(?:persistentvolumeclaim\/|pvc\/)?[a-z0-9][a-z0-9.-]*\s+(?:Bound|Pending|Lost|Terminating)\s+(?:[a-z0-9][\w.-]*\s+)?\d+[KMGTP]i?\s+R[WO][OX]/
const CONDITION_ROW = /^\s*(?:[A-Z][A-Za-z]{2,30})\s+(?:True|False|Unknown)\s+(?:[A-Z][a-z]{2}, \d|\d{4}-)/
const PRESSURE_ROW = /^\s*DiskPressure\s+(?:True|False|Unknown)(?:\s|$)/
const TAINT = /^\s{8,}\S+:(?:NoSchedule|NoExecute|PreferNoSchedule)\s*$/
const UNIT_HEAD = /^\s*[●×○*]?\s*([\w@.-]+)\.service\s+-\s/
const UNIT_STATE = /^\s*Active:\s+\w+/
const POD_ROW =
  /^\s*(?:[a-z0-9][a-z0-9-]*\s+)?[a-z0-9][a-z0-9.-]*\s+\d+\/\d+\s+[A-Za-z:]{3,40}\s+\d+(?:\s+\([^)]{1,20}\))?\s+(?:\d+[smhdy])+/

/** Tells rows of tables that other tools print. */
export class TableReader {
  #isInodes = false
  #unit: string | undefined
  /** The lines are those of a node's taints; a pod's tolerations look alike. */
  #isTaints = false

  /** What a line shows; undefined for one of no table that is known. */
  read(line: string, object: DescribedObject): RowKind | undefined {
    if (INODES_HEAD.test(line)) this.#isInodes = true
    else if (/^\s*Filesystem\s/.test(line)) this.#isInodes = false
    else if (this.#isInodes && INODES_ROW.test(line)) return 'inode-use'
    if (line.includes('.service')) this.#unit = UNIT_HEAD.exec(line)?.[1] ?? this.#unit
    if (UNIT_STATE.test(line))
      return this.#unit !== undefined && /kubelet/.test(this.#unit) ? 'unit-state' : undefined
    if (CLAIM_ROW.test(line)) return 'claim'
    if (CONDITION_ROW.test(line) || PRESSURE_ROW.test(line)) return 'condition'
    this.#isTaints = line.startsWith('Taints:') || (this.#isTaints && TAINT.test(line))
    if (this.#isTaints && line.includes('disk-pressure')) return 'taints'
    if (object.kind === 'PersistentVolumeClaim' && /^Status:\s/.test(line)) return 'claim-status'
    return POD_ROW.test(line) ? 'pod' : undefined
  }
}
