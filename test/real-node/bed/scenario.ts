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

const Rate = { perSecond: z.number().positive(), untilPercent: z.number().min(1).max(100) }
const Ramp = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('volume'), ...Rate }),
  z.strictObject({ to: z.enum([...Target.options, 'files']), pod: Name, ...Rate }),
])
export type Ramp = z.infer<typeof Ramp>

/** What a step may do, and what it has to be told for it. */
const VERBS = {
  apply: z.array(z.union([PodInBrief, WholeObject])).min(1),
  /** Waits until these pods are in that phase: namespace/name, or a name in default. */
  untilRunning: z.array(z.string()).min(1),
  untilFailed: z.array(z.string()).min(1),
  /** Waits until the API server has them no more. */
  untilGone: z.array(z.string()).min(1),
  wait: Seconds,
  snapshot: Name,
  /** Bytes into the directory of the node's one local volume, which no statistics of Kubernetes count. */
  writeToVolume: Mebibytes,
  /** The same until (capacity − available) / capacity is this. */
  fillToPercent: z.number().min(1).max(100),
  write: z.strictObject({ pod: Name, mebibytes: Mebibytes, to: Target }),
  createFiles: z.strictObject({ pod: Name, count: z.number().int().positive() }),
  /** Evenly so many MiB, or files, a second, as many as are missing to that percent of bytes, or of inodes, when it begins. */
  ramp: Ramp,
  /** The forecast that is compared with what happens is made from what an agent observed up to here. */
  forecast: z.null(),
  /** Measures so long what the bundled agent takes, beside Prometheus' node exporter. */
  footprint: Seconds,
  /** Ramps of the volume at these rates, in MiB a second, each with these images there: who speaks first, agent or kubelet? */
  ahead: z.strictObject({ images: z.array(Image), perSecond: z.array(z.number().positive()).min(1) }),
  import: Image,
  deletePod: Name,
  restart: z.enum(['kubelet', 'containerd']),
  /** A pod directory with a volume in it that belongs to no pod. */
  orphan: z.strictObject({ uid: z.uuid(), mounted: z.boolean() }),
  /** So long after the kubelet's n-th pass of five minutes. */
  waitForPass: z.strictObject({ pass: z.number().int().positive(), after: Seconds }),
  /** Until the kubelet has logged a line that matches, from now on. */
  waitForLog: z.strictObject({ matches: z.string(), within: Seconds }),
} as const

export type Verb = keyof typeof VERBS
export type Told<V extends Verb> = z.infer<(typeof VERBS)[V]>
export type Step = { [V in Verb]: { verb: V; told: Told<V> } }[Verb]

const isVerb = (word: string): word is Verb => Object.hasOwn(VERBS, word)

/** A step is written as one verb and what it is told. */
const Step = z.record(z.string(), z.unknown()).transform((written, context): Step => {
  const [[verb, told] = ['', undefined], ...others] = Object.entries(written)
  if (!isVerb(verb) || others.length > 0) {
    context.addIssue({ code: 'custom', message: `a step is one of ${Object.keys(VERBS).join(', ')}` })
    return z.NEVER
  }
  const read = VERBS[verb].safeParse(told)
  if (read.success) return { verb, told: read.data } as Step
  for (const { message, path: where } of read.error.issues) {
    context.addIssue({ code: 'custom', message, path: [verb, ...where] })
  }
  return z.NEVER
})

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
  const imported = steps.flatMap(({ verb, told }) => (verb === 'import' ? [told] : []))
  return [...new Set([...images, ...imported])]
}
