import { z } from 'zod'
import type { PodObject } from '../objects.ts'

/** In this annotation a pod says what it writes: the lab's containers have no programs. */
export const WRITES = 'lab.kubepatrol.io/writes'
/** In this one, how many seconds its runtime takes to kill it. */
export const KILL_SECONDS = 'lab.kubepatrol.io/kill-seconds'
/** In this one, after how many seconds its containers exit, again and again. */
export const EXITS_AFTER_SECONDS = 'lab.kubepatrol.io/exits-after-seconds'

/** Something that is written: a rate, a burst, or steps that repeat. */
export const Writing = z.strictObject({
  /** `log`, `layer`, or the name of a volume. */
  to: z.string(),
  /** Of the pod; absent for its first container. */
  container: z.string().optional(),
  bytes: z.number().nonnegative().optional(),
  inodes: z.number().nonnegative().optional(),
  bytesPerSecond: z.number().nonnegative().optional(),
  inodesPerSecond: z.number().nonnegative().optional(),
  /** From the start of the container on. */
  afterSeconds: z.number().nonnegative().optional(),
  /** Then a rate ends. */
  forSeconds: z.number().positive().optional(),
  /** Then the bytes and inodes are written again. */
  everySeconds: z.number().positive().optional(),
})
export type Writing = z.infer<typeof Writing>

const Writings = z.array(Writing)

/** What a pod writes; nothing when it does not say it in a way that can be read. */
export function writingsOf({ metadata }: PodObject): Writing[] {
  const text = metadata.annotations?.[WRITES]
  if (text === undefined) return []
  try {
    return Writings.parse(JSON.parse(text))
  } catch {
    return []
  }
}

/** The number in an annotation; undefined when there is none. */
export function annotatedNumber({ metadata }: PodObject, annotation: string): number | undefined {
  const value = Number(metadata.annotations?.[annotation] ?? 'none')
  return Number.isFinite(value) && value >= 0 ? value : undefined
}
