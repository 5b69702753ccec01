import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { parseDuration } from '../../../src/core/units/duration.ts'
import { isImageName, type ImageName } from './image-catalogue.ts'

const Seconds = z.string().transform((text, context) => {
  const duration = parseDuration(text)
  if (duration !== undefined && duration >= 0) return duration / 1000
  context.addIssue({ code: 'custom', message: `"${text}" is no duration such as 30s or 2m` })
  return z.NEVER
})

const Image = z.custom<ImageName>((name) => typeof name === 'string' && isImageName(name), 'no such image')
const Name = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/)
const Mebibytes = z.number().int().positive()

/** A pod of one container, in few words. */
export const PodInBrief = z.strictObject({
  pod: Name,
  image: Image.default('busybox'),
  namespace: Name.default('default'),
  priorityClass: Name.optional(),
  /** Of ephemeral storage. */
  request: z.string().optional(),
  limit: z.string().optional(),
  /** Whether it has one at /data, or the limit of its size. */
  emptyDir: z.union([z.boolean(), z.string()]).default(false),
  /** A line for the shell. */
  command: z.string().optional(),
  restartPolicy: z.enum(['Always', 'OnFailure', 'Never']).default('Always'),
  graceSeconds: z.number().int().nonnegative().default(5),
})
export type PodInBrief = z.infer<typeof PodInBrief>

/** Any other object, as Kubernetes writes it. */
const WholeObject = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
})

/** Where a pod's bytes go. */
const Target = z.enum(['emptyDir', 'writable layer', 'log'])

export const Step = z.union([
  z.strictObject({ apply: z.array(z.union([PodInBrief, WholeObject])).min(1) }),
  /** Waits until these pods (namespace/name, or a name in default) are in the phase. */
  z.strictObject({ pods: z.array(z.string()), phase: z.string().default('Running') }),
  z.strictObject({ wait: Seconds }),
  z.strictObject({ snapshot: Name }),
  /** Bytes into the directory of the node's one local volume, which no statistics of Kubernetes count. */
  z.strictObject({ writeToVolume: Mebibytes }),
  /** The same until (capacity − available) / capacity is this. */
  z.strictObject({ fillToPercent: z.number().min(1).max(100) }),
  z.strictObject({ write: z.strictObject({ pod: Name, mebibytes: Mebibytes, to: Target }) }),
  z.strictObject({ createFiles: z.strictObject({ pod: Name, count: z.number().int().positive() }) }),
  z.strictObject({ import: Image }),
  z.strictObject({ deletePod: Name }),
  z.strictObject({ restart: z.enum(['kubelet', 'containerd']) }),
  /** A pod directory with a volume in it that belongs to no pod. */
  z.strictObject({ orphan: z.strictObject({ uid: z.uuid(), mounted: z.boolean() }) }),
  /** Seconds after the kubelet's n-th pass of five minutes. */
  z.strictObject({ waitForPass: z.number().int().positive(), after: Seconds }),
  /** Until the kubelet has logged a line that matches, from now on. */
  z.strictObject({ waitForLog: z.string(), within: Seconds }),
])
export type Step = z.infer<typeof Step>

/** What is done to a node, one step after the other (docs/real-node.md). */
export const Scenario = z.strictObject({
  summary: z.string(),
  /** Fields of KubeletConfiguration on top of the test bed's own. */
  kubelet: z.record(z.string(), z.unknown()).default({}),
  images: z.array(Image).default([]),
  steps: z.array(Step).min(1),
})
export type Scenario = z.infer<typeof Scenario>

/** @throws {Error} naming the file and what is wrong in it. */
export function readScenario(file: string): Scenario {
  const read = Scenario.safeParse(parse(readFileSync(file, 'utf8')))
  if (read.success) return read.data
  throw new Error(`${path.basename(file)}: ${z.prettifyError(read.error)}`)
}

/** Every image that a scenario needs at some time. */
export function imagesOf({ images, steps }: Scenario): ImageName[] {
  const imported = steps.flatMap((step) => ('import' in step ? [step.import] : []))
  return [...new Set([...images, ...imported])]
}
