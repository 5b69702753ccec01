import type { ListedImage } from '../../kubelet/image-gc/image-records.ts'
import type { Victim } from './action.ts'
import type { DeadContainer, SimulatedPod, World } from './world.ts'

/** An image as a victim, under its name where one is known. */
export function imageVictim({ id, sizeBytes }: Pick<ListedImage, 'id' | 'sizeBytes'>, world: World): Victim {
  const name = world.imageName(id)
  return {
    kind: 'image',
    id,
    ...(name === undefined ? {} : { name }),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
  }
}

/** A pod as a victim. */
export function podVictim({ namespace, name, uid }: SimulatedPod): Victim {
  return { kind: 'pod', namespace, name, uid }
}

/** A dead container as a victim. */
export function containerVictim({ id, name, pod }: DeadContainer): Victim {
  return { kind: 'container', id, name, pod }
}
