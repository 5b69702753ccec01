import type { LabObjects } from '../lab-objects.ts'
import { controllerOf, type PodObject, type WorkloadObject } from '../objects.ts'

/** The pods that a workload controls. */
export function podsOf(objects: LabObjects, workload: WorkloadObject): PodObject[] {
  return objects.list<PodObject>('pods').filter((pod) => controllerOf(pod)?.uid === workload.metadata.uid)
}
