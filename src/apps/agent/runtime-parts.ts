import type { Answer } from '../../core/observe/cluster-api.ts'
import type { ContainerRuntime } from '../../core/observe/container-runtime.ts'
import { freedByImages } from '../../core/observe/attribution/image-places.ts'
import type { RuntimeStore } from '../../core/observe/attribution/runtime-store.ts'
import type { Gap } from '../../core/observe/gap.ts'
import type { NodeObservation, ObservedImage, Part } from '../../core/observe/observation.ts'
import type { Instant } from '../../core/units/instant.ts'

/** What a runtime said of the node, and what it did not. */
export interface RuntimeParts {
  parts: Pick<
    NodeObservation,
    'images' | 'containers' | 'sandboxes' | 'runtimeFilesystems' | 'containerRuntimeVersion' | 'imageNames'
  >
  rootDirectory?: string
  /** What the runtime keeps by its own metadata; absent where that could not be read. */
  store?: RuntimeStore
  gaps: readonly Gap[]
}

/** Reads what the runtime that keeps its things in this directory of the host says of them in its own metadata. */
export type ReadStore = (rootDirectory: string) => Promise<{ value?: RuntimeStore; gap?: Gap }>

/** Asks the runtime for all it knows. */
export async function askRuntime(
  runtime: ContainerRuntime,
  readStore: ReadStore | undefined,
  node: string,
  at: Instant,
): Promise<RuntimeParts> {
  const identity = await runtime.identity()
  if (!identity.value) return { parts: { imageNames: {} }, gaps: [{ ...identity.gap, node }] }
  const [images, containers, sandboxes, filesystems, layers] = await Promise.all([
    runtime.images(),
    runtime.containers(),
    runtime.sandboxes(),
    runtime.filesystems(),
    runtime.writableLayers(),
  ])
  const part = <T>({ value }: Answer<T>): Part<T> | undefined =>
    value === undefined ? undefined : { value, source: 'CRI', observedAt: at }
  const bytes = new Map(layers.value?.map(({ containerId, usedBytes }) => [containerId, usedBytes]))
  const listed = part(containers)?.value.map((container) => {
    const writableLayerBytes = bytes.get(container.id)
    return { ...container, ...(writableLayerBytes === undefined ? {} : { writableLayerBytes }) }
  })
  const { name, version, rootDirectory } = identity.value
  // After the images were listed: one that is gone since has nothing left.
  const store = rootDirectory === undefined ? undefined : await readStore?.(rootDirectory)
  const [imagesPart, sandboxesPart, filesystemsPart] = [part(images), part(sandboxes), part(filesystems)]
  return {
    parts: {
      ...(imagesPart && { images: { ...imagesPart, value: withBytes(imagesPart.value, store?.value) } }),
      ...(listed && { containers: { value: listed, source: 'CRI', observedAt: at } }),
      ...(sandboxesPart && { sandboxes: sandboxesPart }),
      ...(filesystemsPart && { runtimeFilesystems: filesystemsPart }),
      containerRuntimeVersion: `${name}://${version}`,
      imageNames: namesById(images.value ?? []),
    },
    ...(rootDirectory === undefined ? {} : { rootDirectory }),
    ...(store?.value && { store: store.value }),
    gaps: [images, containers, sandboxes, filesystems, layers, store ?? {}].flatMap(({ gap }) =>
      gap ? { ...gap, node } : [],
    ),
  }
}

function withBytes(
  images: readonly ObservedImage[],
  store: RuntimeStore | undefined,
): readonly ObservedImage[] {
  if (!store) return images
  const freed = freedByImages(store)
  return images.map((image) => {
    const onDiskBytes = freed(image)
    return onDiskBytes === undefined ? image : { ...image, onDiskBytes }
  })
}

function namesById(images: readonly ObservedImage[]): Record<string, readonly string[]> {
  return Object.fromEntries(images.flatMap(({ id, names }) => (id === undefined ? [] : [[id, names]])))
}
