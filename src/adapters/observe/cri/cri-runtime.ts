import { z } from 'zod'
import type { Answer } from '../../../core/observe/cluster-api.ts'
import type { Clock } from '../../../core/observe/clock.ts'
import type { ContainerRuntime } from '../../../core/observe/container-runtime.ts'
import type { Duration } from '../../../core/units/duration.ts'
import { CallFailure, gapOf } from './call-failure.ts'
import { CRI_ANSWERS, SERVICE_OF, type CriCall } from './cri-messages.ts'
import { containers, filesystems, identity, images, sandboxes, writableLayers } from './cri-values.ts'
import { MalformedMessage, readMessage, writeMessage } from './protobuf.ts'
import { unaryCalls } from './unary-calls.ts'

/** How a runtime is asked. */
export interface CriOptions {
  clock: Clock
  /** For one answer. */
  timeMs?: Duration
}

const MOST_BYTES = 64 * 1024 * 1024
/** Newest first; a node's runtime serves one of them at least. */
const VERSIONS = ['runtime.v1', 'runtime.v1alpha2'] as const
const NO_FIELDS = writeMessage({})
const VERBOSE = writeMessage({ 1: true })

/** Asks a container runtime through the Container Runtime Interface on its unix socket, v1 or else v1alpha2. */
export function criRuntime(socket: string, { clock, timeMs = 10_000 }: CriOptions): ContainerRuntime {
  const calls = unaryCalls(socket, { clock, timeMs, mostBytes: MOST_BYTES })
  let version: (typeof VERSIONS)[number] | undefined

  /** Asks in the version that is served; which one that is shows the first answer. */
  async function ask(call: CriCall, message: Uint8Array): Promise<Uint8Array> {
    const answer = (served: string) => calls.call(`${served}.${SERVICE_OF[call]}/${call}`, message)
    if (version === undefined)
      version = await servedVersion((served) => calls.call(`${served}.RuntimeService/Version`, NO_FIELDS))
    try {
      return await answer(version)
    } catch (failure) {
      // A runtime that was replaced meanwhile may serve another.
      if (failure instanceof CallFailure) version = undefined
      throw failure
    }
  }

  async function read<T>(
    part: string,
    call: CriCall,
    valueOf: (decoded: unknown) => T,
    message = NO_FIELDS,
  ): Promise<Answer<T>> {
    try {
      return { value: valueOf(readMessage(await ask(call, message), CRI_ANSWERS[call])) }
    } catch (failure) {
      return { gap: gapOf(understood(failure), part) }
    }
  }

  return {
    async identity() {
      const about = await read('runtime version', 'Version', (decoded) => decoded)
      if (!about.value) return { gap: about.gap as NonNullable<typeof about.gap> }
      // What only a verbose status says is not missed where there is none.
      const status = await read('runtime status', 'Status', (decoded) => decoded, VERBOSE)
      return { value: identity(about.value, status.value) }
    },
    images: () => read('images', 'ListImages', images),
    containers: () => read('containers', 'ListContainers', containers),
    sandboxes: () => read('sandboxes', 'ListPodSandbox', sandboxes),
    filesystems: () => read('image filesystems', 'ImageFsInfo', filesystems),
    writableLayers: () => read('writable layers', 'ListContainerStats', writableLayers),
    close: () => calls.close(),
  }
}

async function servedVersion(greet: (version: string) => Promise<unknown>) {
  for (const version of VERSIONS) {
    try {
      await greet(version)
      return version
    } catch (failure) {
      if (!(failure instanceof CallFailure) || failure.why !== 'not-served') throw failure
    }
  }
  throw new CallFailure('not-served', `it serves none of ${VERSIONS.join(', ')}`)
}

function understood(failure: unknown): unknown {
  if (failure instanceof MalformedMessage) return new CallFailure('garbled', failure.message, failure)
  if (failure instanceof z.ZodError) {
    const [issue] = failure.issues
    return new CallFailure('garbled', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, failure)
  }
  return failure
}
