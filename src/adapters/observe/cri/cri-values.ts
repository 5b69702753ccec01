import { z } from 'zod'
import type { RuntimeIdentity, WritableLayer } from '../../../core/observe/container-runtime.ts'
import type { ObservedImage } from '../../../core/observe/observation.ts'
import type {
  ObservedContainer,
  ObservedSandbox,
  RuntimeFilesystem,
} from '../../../core/observe/runtime-things.ts'

// A field of protobuf that has its zero value is not sent.
const text = z.string().default('')
const number = z.number().default(0)
const list = <T extends z.ZodType>(of: T) => z.array(of).default([])

const Version = z.object({ runtimeName: text, runtimeVersion: text })
const Status = z.object({ info: z.map(z.string(), z.string()).optional() }).optional()
/** What containerd and CRI-O say when asked for more. */
const RuntimeConfig = z.object({
  containerdRootDir: z.string().optional().catch(undefined),
})

/** What a runtime says of itself. */
export function identity(version: unknown, status: unknown): RuntimeIdentity {
  const { runtimeName: name, runtimeVersion } = Version.parse(version)
  const config = RuntimeConfig.safeParse(json(Status.parse(status)?.info?.get('config') ?? '')).data
  return {
    name,
    version: runtimeVersion,
    ...(config?.containerdRootDir ? { rootDirectory: config.containerdRootDir } : {}),
  }
}

const Images = z.object({
  images: list(
    z.object({
      id: text,
      repoTags: list(z.string()),
      repoDigests: list(z.string()),
      size: number,
      pinned: z.boolean().optional(),
    }),
  ),
})

/** Names as a kubelet lists them: those by digest first. */
export function images(answer: unknown): ObservedImage[] {
  return Images.parse(answer).images.map(({ id, repoTags, repoDigests, size, pinned }) => ({
    id,
    names: [...repoDigests, ...repoTags],
    reportedBytes: size,
    // An old runtime knows no pinned images, and says the same as one that has none.
    ...(pinned === true ? { isPinned: true as const } : {}),
  }))
}

const STATES = ['created', 'running', 'exited'] as const
const Containers = z.object({
  containers: list(
    z.object({
      id: text,
      podSandboxId: text,
      metadata: z.object({ name: text, attempt: number }).default({ name: '', attempt: 0 }),
      image: z.object({ image: text }).default({ image: '' }),
      imageRef: text,
      state: number,
      createdAt: number,
    }),
  ),
})

/** Containers in every state. */
export function containers(answer: unknown): ObservedContainer[] {
  return Containers.parse(answer).containers.map(
    ({ id, podSandboxId, metadata, image, imageRef, ...rest }) => ({
      id,
      name: metadata.name,
      attempt: metadata.attempt,
      sandboxId: podSandboxId,
      state: STATES[rest.state] ?? 'unknown',
      createdAt: milliseconds(rest.createdAt),
      image: image.image,
      ...(imageRef === '' ? {} : { imageId: imageRef }),
    }),
  )
}

const NOBODY = { name: '', uid: '', namespace: '', attempt: 0 }
const Sandboxes = z.object({
  items: list(
    z.object({
      id: text,
      metadata: z.object({ name: text, uid: text, namespace: text, attempt: number }).default(NOBODY),
      state: number,
      createdAt: number,
    }),
  ),
})

/** Sandboxes, those of pods that are no more among them. */
export function sandboxes(answer: unknown): ObservedSandbox[] {
  return Sandboxes.parse(answer).items.map(({ id, metadata, state, createdAt }) => ({
    id,
    ...metadata,
    isReady: state === 0,
    createdAt: milliseconds(createdAt),
  }))
}

const wrapped = z.object({ value: number }).optional()
const Usage = z.object({
  fsId: z.object({ mountpoint: text }).optional(),
  usedBytes: wrapped,
  inodesUsed: wrapped,
})
const Filesystems = z.object({ imageFilesystems: list(Usage) })
const Stats = z.object({
  stats: list(z.object({ attributes: z.object({ id: text }).optional(), writableLayer: Usage.optional() })),
})

/** The filesystems that images are on. containerd says 0 until it has counted, some seconds after it started: that is not known. */
export function filesystems(answer: unknown): RuntimeFilesystem[] {
  return Filesystems.parse(answer).imageFilesystems.flatMap(({ fsId, usedBytes, inodesUsed }) =>
    fsId === undefined || !usedBytes?.value
      ? []
      : {
          mountPoint: fsId.mountpoint,
          usedBytes: usedBytes.value,
          ...(inodesUsed === undefined ? {} : { inodesUsed: inodesUsed.value }),
        },
  )
}

/** Writable layers of running containers; a runtime says nothing of others. */
export function writableLayers(answer: unknown): WritableLayer[] {
  return Stats.parse(answer).stats.flatMap(({ attributes, writableLayer }) =>
    attributes === undefined || writableLayer?.usedBytes === undefined
      ? []
      : { containerId: attributes.id, usedBytes: writableLayer.usedBytes.value },
  )
}

function milliseconds(nanoseconds: number): number {
  return Math.floor(nanoseconds / 1e6)
}

function json(written: string): unknown {
  try {
    return JSON.parse(written)
  } catch {
    return undefined
  }
}
