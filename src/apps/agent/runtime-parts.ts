import type { Answer } from '../../core/observe/cluster-api.ts'
import type { ContainerRuntime } from '../../core/observe/container-runtime.ts'
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
  gaps: readonly Gap[]
}

/** Asks the runtime for all it knows. */
export async function askRuntime(
  runtime: ContainerRuntime,
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
  const [imagesPart, sandboxesPart, filesystemsPart] = [part(images), part(sandboxes), part(filesystems)]
  return {
    parts: {
      ...(imagesPart && { images: imagesPart }),
      ...(listed && { containers: { value: listed, source: 'CRI', observedAt: at } }),
      ...(sandboxesPart && { sandboxes: sandboxesPart }),
      ...(filesystemsPart && { runtimeFilesystems: filesystemsPart }),
      containerRuntimeVersion: `${name}://${version}`,
      imageNames: namesById(images.value ?? []),
    },
    ...(rootDirectory === undefined ? {} : { rootDirectory }),
    gaps: [images, containers, sandboxes, filesystems, layers].flatMap(({ gap }) =>
      gap ? { ...gap, node } : [],
    ),
  }
}

function namesById(images: readonly ObservedImage[]): Record<string, readonly string[]> {
  return Object.fromEntries(images.flatMap(({ id, names }) => (id === undefined ? [] : [[id, names]])))
}
