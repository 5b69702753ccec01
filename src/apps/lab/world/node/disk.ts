import type { Instant } from '../../../../core/units/instant.ts'

/** How fast something grows. */
export interface Rate {
  bytesPerSecond?: number | undefined
  inodesPerSecond?: number | undefined
}

/** Something on a disk: how much it was at an instant, and how it has grown since. Only its disk changes it. */
export interface DiskPart {
  bytes: number
  inodes: number
  bytesPerSecond: number
  inodesPerSecond: number
  since: Instant
}

/** What a filesystem shows. */
export interface DiskFigures {
  capacityBytes: number
  availableBytes: number
  usedBytes: number
  inodes: number
  inodesFree: number
}

/** A filesystem of a node, with everything on it. */
export interface Disk {
  figures(at: Instant): DiskFigures
  /** Puts something on it. */
  add(at: Instant, bytes?: number, inodes?: number, rate?: Rate): DiskPart
  /** Takes all of it away. */
  remove(part: DiskPart, at: Instant): void
  /** Makes something larger or smaller at once; nothing gets larger than there is room. */
  resize(part: DiskPart, at: Instant, addBytes: number, addInodes?: number): void
  grow(part: DiskPart, at: Instant, rate: Rate): void
  /** When so many bytes are available, as it grows now; `Infinity` when that does not come. */
  availableAt(at: Instant, bytes: number): Instant
  /** When so many inodes are free. */
  inodesFreeAt(at: Instant, inodes: number): Instant
  /** Ends all growth: nobody can write to a full disk. */
  stopGrowth(at: Instant): void
  isGrowing(): boolean
}

/** What a filesystem is made with. */
export interface DiskSize {
  capacityBytes: number
  inodes: number
  /** Blocks that only root may use: they count as used. */
  reservedBytes?: number | undefined
}

/** An empty filesystem. */
export function createDisk({ capacityBytes, inodes, reservedBytes = 0 }: DiskSize, at: Instant): Disk {
  const total: DiskPart = { bytes: 0, inodes: 0, bytesPerSecond: 0, inodesPerSecond: 0, since: at }
  const growing = new Set<DiskPart>()
  const figures = (now: Instant): DiskFigures => {
    const used = Math.min(bytesAt(total, now), capacityBytes)
    return {
      capacityBytes,
      availableBytes: Math.max(0, capacityBytes - reservedBytes - used),
      usedBytes: used,
      inodes,
      inodesFree: Math.max(0, inodes - inodesAt(total, now)),
    }
  }
  const change = (part: DiskPart, now: Instant, bytes: number, files: number) => {
    settle(part, now)
    settle(total, now)
    const [byBytes, byInodes] = [Math.max(bytes, -part.bytes), Math.max(files, -part.inodes)]
    part.bytes += byBytes
    part.inodes += byInodes
    total.bytes += byBytes
    total.inodes += byInodes
  }
  const grow = (part: DiskPart, now: Instant, { bytesPerSecond = 0, inodesPerSecond = 0 }: Rate) => {
    change(part, now, 0, 0)
    total.bytesPerSecond += bytesPerSecond - part.bytesPerSecond
    total.inodesPerSecond += inodesPerSecond - part.inodesPerSecond
    part.bytesPerSecond = bytesPerSecond
    part.inodesPerSecond = inodesPerSecond
    if (bytesPerSecond > 0 || inodesPerSecond > 0) growing.add(part)
    else growing.delete(part)
    // Sums of fractions leave crumbs.
    if (growing.size === 0) total.bytesPerSecond = total.inodesPerSecond = 0
  }
  const room = (now: Instant) => {
    const { availableBytes, inodesFree } = figures(now)
    return { bytes: availableBytes, inodes: inodesFree }
  }
  const disk: Disk = {
    figures,
    add(now, bytes = 0, files = 0, rate = {}) {
      const part: DiskPart = { bytes: 0, inodes: 0, bytesPerSecond: 0, inodesPerSecond: 0, since: now }
      disk.resize(part, now, bytes, files)
      grow(part, now, rate)
      return part
    },
    remove(part, now) {
      grow(part, now, {})
      change(part, now, -part.bytes, -part.inodes)
    },
    resize(part, now, addBytes, addInodes = 0) {
      const { bytes, inodes: files } = room(now)
      change(part, now, Math.min(addBytes, bytes), Math.min(addInodes, files))
    },
    grow,
    availableAt: (now, bytes) => fallsTo(now, figures(now).availableBytes, bytes, total.bytesPerSecond),
    inodesFreeAt: (now, files) => fallsTo(now, figures(now).inodesFree, files, total.inodesPerSecond),
    stopGrowth(now) {
      for (const part of growing) grow(part, now, {})
    },
    isGrowing: () => growing.size > 0,
  }
  return disk
}

/** How many bytes something is of. */
export function bytesAt({ bytes, bytesPerSecond, since }: DiskPart, at: Instant): number {
  return Math.floor(bytes + (bytesPerSecond * Math.max(0, at - since)) / 1000)
}

/** How many inodes something has. */
export function inodesAt({ inodes, inodesPerSecond, since }: DiskPart, at: Instant): number {
  return Math.floor(inodes + (inodesPerSecond * Math.max(0, at - since)) / 1000)
}

function settle(part: DiskPart, at: Instant): void {
  part.bytes += (part.bytesPerSecond * Math.max(0, at - part.since)) / 1000
  part.inodes += (part.inodesPerSecond * Math.max(0, at - part.since)) / 1000
  part.since = at
}

function fallsTo(now: Instant, free: number, level: number, perSecond: number): Instant {
  if (perSecond <= 0 || free < level) return Infinity
  return now + Math.ceil(((free - level) / perSecond) * 1000)
}
