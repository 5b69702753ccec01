import { buildKubernetes } from './build-kubernetes.ts'
import { BUILD_PACKAGES, installPackages, RUN_PACKAGES } from './debian-packages.ts'
import { STAY } from './guardian.ts'
import { EVERY_NODE_HAS, isImageName } from './image-catalogue.ts'
import { buildImages } from './images.ts'
import { isBuilt, unfitBecause } from './machine.ts'
import { isUp, readState } from './node-state.ts'
import type { Order } from './order.ts'
import type { Places } from './places.ts'
import { follow, startPart } from './program.ts'
import { release } from './release-node.ts'

type Tell = (what: string) => void

/**
 * Sees to it that the machine has what every node needs.
 * @throws {Error} when this is no machine for it, or something cannot be had
 */
export async function prepare(places: Places, tell: Tell): Promise<void> {
  const why = unfitBecause()
  if (why !== undefined) throw new Error(`a real node cannot run here: ${why}`)
  await installPackages(RUN_PACKAGES, tell)
  if (isBuilt(places)) return
  await installPackages(BUILD_PACKAGES, tell)
  await buildKubernetes(places.binaries, tell)
}

/** A node that has come up and is held by its guardian. */
export interface Guarded {
  /** Lets it outlive this process. */
  letGo(): void
  /** Ends it. */
  end(): void
  /** Fulfilled when nothing of it is left, rejected when it failed. */
  ended: Promise<void>
}

/**
 * Brings a node up, or plays its scenario to the end.
 * Whatever ends this process meanwhile ends the node: the guardian notices that its standard input closed.
 * @throws {Error} when it fails to come up; nothing of it is left then
 */
export async function bringUp(order: Order, tell: Tell): Promise<Guarded> {
  const { nodes, images } = order.places
  const before = readState(nodes, order.name)
  if (isUp(before)) throw new Error(`a node named "${order.name}" is up already; \`down\` ends it`)
  // Somebody killed its guardian: what that could not remove goes now.
  if (before) await release(nodes, before)
  tell('making images')
  await buildImages(images, [...order.images.filter(isImageName), ...EVERY_NODE_HAS])
  const guardian = startPart('guard', order, 'pipe')
  const failures: string[] = []
  const ended = new Promise<void>((resolve, reject) => {
    guardian.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`the node failed: ${failures.join('\n') || `its guardian ended with ${code}`}`))
    })
  })
  const ready = new Promise<void>((resolve) => {
    follow(guardian, (line) => {
      if ('ready' in line) resolve()
      if ('says' in line) tell(line.says)
      if ('failed' in line) failures.push(line.failed)
    })
  })
  await Promise.race([ready, ended.then(() => Promise.reject(new Error('the node was taken down')))])
  return {
    letGo() {
      guardian.stdin?.end(`${STAY}\n`)
      guardian.stdout?.destroy()
      guardian.stderr?.destroy()
      guardian.unref()
    },
    end: () => guardian.stdin?.end(),
    ended,
  }
}
