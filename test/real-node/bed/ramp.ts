import { randomBytes, randomFillSync } from 'node:crypto'
import { statfsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { RANDOM_OF_TEXT, runInPod } from './fill-disk.ts'
import { INSIDE } from './places.ts'
import type { Ramp } from './scenario.ts'

const MEBIBYTE = 1024 * 1024
const TICK_SECONDS = 0.25

/** A ramp as it will be: what the recording says when it begins, and how it is done. */
export interface PlannedRamp {
  begins: string
  run: () => Promise<void>
}

/** Counts what is missing now to the percent that a ramp asks for. */
export function plannedRamp(asked: Ramp): PlannedRamp {
  const { blocks, bavail, bsize, files, ffree } = statfsSync(INSIDE.disk)
  const used = (part: number, whole: number) => Math.max(0, part - (whole * (100 - asked.untilPercent)) / 100)
  if (asked.to === 'files') {
    const count = Math.floor(used(ffree, files))
    return {
      begins: `create ${count} files in the emptyDir of pod ${asked.pod}, ${asked.perSecond} a second`,
      run: () => runInPod(asked.pod, inTicks(count, asked.perSecond, createdFiles)),
    }
  }
  const mebibytes = Math.floor((used(bavail, blocks) * bsize) / MEBIBYTE)
  const evenly = `, ${asked.perSecond} MiB a second`
  if (asked.to === 'volume') {
    return {
      begins: `write ${mebibytes} MiB to the PV directory${evenly}`,
      run: () => rampVolume(mebibytes, asked.perSecond),
    }
  }
  const { pod, to, perSecond } = asked
  return {
    begins: `write ${mebibytes} MiB to the ${to} of pod ${pod}${evenly}`,
    run: () => runInPod(pod, inTicks(mebibytes, perSecond, to === 'log' ? logged : filled[to])),
  }
}

/** A line for the shell that does a share of it four times a second; what a share takes makes it a little slower. */
function inTicks(amount: number, perSecond: number, share: (amount: number) => string): string {
  const ticks = Math.ceil(amount / (perSecond * TICK_SECONDS))
  return `i=0; while [ $i -lt ${ticks} ]; do ${share(perSecond * TICK_SECONDS)}; i=$((i+1)); /bin/busybox sleep ${TICK_SECONDS}; done`
}

const appended = (file: string) => (mebibytes: number) =>
  `/bin/busybox dd if=/dev/urandom of=${file} bs=${Math.round(mebibytes * MEBIBYTE)} count=1 seek=$i conv=notrunc 2>/dev/null`

const filled = { emptyDir: appended('/data/ramp-$$'), 'writable layer': appended('/tmp/ramp-$$') } as const

const logged = (mebibytes: number) =>
  `/bin/busybox dd if=/dev/urandom bs=${Math.round(mebibytes * MEBIBYTE * RANDOM_OF_TEXT)} count=1 2>/dev/null | /bin/busybox base64 > /proc/1/fd/1`

const createdFiles = (files: number) =>
  `d=/data/$$-$i; /bin/busybox mkdir $d; j=0; while [ $j -lt ${Math.round(files)} ]; do : > $d/$j; j=$((j+1)); done`

/** Writes random bytes into the directory of the node's local volume, as evenly as a clock allows; stops where the disk is full. */
async function rampVolume(mebibytes: number, perSecond: number): Promise<void> {
  const file = await open(path.join(INSIDE.volume, `ramp-${randomBytes(4).toString('hex')}`), 'w')
  const piece = Buffer.alloc(MEBIBYTE / 16)
  const total = mebibytes * MEBIBYTE
  const beganAt = performance.now()
  try {
    for (let written = 0; written < total;) {
      const due = Math.min(total, ((performance.now() - beganAt) / 1000) * perSecond * MEBIBYTE)
      for (; written < due; written += piece.length) await file.write(randomFillSync(piece))
      await pause(50)
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOSPC') throw cause
  } finally {
    await file.close()
  }
}
