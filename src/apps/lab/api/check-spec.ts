import { isDeepStrictEqual } from 'node:util'
import { forbidden, requiredValue, unsupportedValue, type FieldProblem } from '../store/api-refusal.ts'
import { recordOf, type KubernetesObject, type NewObject } from '../store/kubernetes-object.ts'
import { at, recordsAt, textAt } from './table/columns.ts'

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never']

/** What is wrong with an object that is made, as far as the lab knows the rules of its kind. */
export function problemsOfSpec(kind: string, object: NewObject): FieldProblem[] {
  return RULES[kind]?.(object) ?? []
}

const RULES: Readonly<Partial<Record<string, (object: NewObject) => FieldProblem[]>>> = {
  Pod: problemsOfPod,
  PersistentVolume: problemsOfVolume,
  PersistentVolumeClaim: problemsOfClaim,
}

function problemsOfPod(pod: NewObject): FieldProblem[] {
  const containers = recordsAt(pod, 'spec.containers')
  const policy = textAt(pod, 'spec.restartPolicy')
  return [
    ...(containers.length === 0 ? [requiredValue('spec.containers')] : []),
    ...containers.flatMap((container, index) => problemsOfContainer(container, `spec.containers[${index}]`)),
    ...(RESTART_POLICIES.includes(policy)
      ? []
      : [unsupportedValue('spec.restartPolicy', JSON.stringify(policy), RESTART_POLICIES)]),
  ]
}

function problemsOfContainer(container: Record<string, unknown>, field: string): FieldProblem[] {
  return ['name', 'image']
    .filter((part) => textAt(container, part) === '')
    .map((part) => requiredValue(`${field}.${part}`))
}

function problemsOfVolume(volume: NewObject): FieldProblem[] {
  const capacity = at(volume, 'spec.capacity')
  const isLocal = at(volume, 'spec.local') !== undefined
  const hasAffinity = at(volume, 'spec.nodeAffinity.required') !== undefined
  return [
    ...(recordsOrTexts(volume, 'spec.accessModes') === 0 ? [requiredValue('spec.accessModes')] : []),
    ...(Object.keys(recordOf(capacity)).length === 0
      ? [
          requiredValue('spec.capacity'),
          unsupportedValue('spec.capacity', 'core.ResourceList(nil)', ['storage']),
        ]
      : []),
    ...(isLocal && !hasAffinity
      ? [requiredValue('spec.nodeAffinity', 'Local volume requires node affinity')]
      : []),
  ]
}

function problemsOfClaim(claim: NewObject): FieldProblem[] {
  return [
    ...(recordsOrTexts(claim, 'spec.accessModes') === 0
      ? [requiredValue('spec.accessModes', 'at least 1 access mode is required')]
      : []),
    ...(textAt(claim, 'spec.resources.requests.storage') === ''
      ? [requiredValue('spec.resources[storage]')]
      : []),
  ]
}

function recordsOrTexts(object: object, path: string): number {
  const list = at(object, path)
  return Array.isArray(list) ? list.length : 0
}

/** Of a StatefulSet only these are changed, some of them only in newer versions. */
const OF_A_SET = new Set([
  'replicas',
  'template',
  'updateStrategy',
  'minReadySeconds',
  'persistentVolumeClaimRetentionPolicy',
  'ordinals',
])

/** What is wrong with a change of what does not change. */
export function problemsOfSpecChange(
  kind: string,
  before: KubernetesObject,
  after: KubernetesObject,
): FieldProblem[] {
  if (kind === 'Pod') return problemsOfPodChange(before, after)
  if (kind !== 'StatefulSet') return []
  const kept = (spec: unknown) => Object.entries(recordOf(spec)).filter(([field]) => !OF_A_SET.has(field))
  const fixed = (spec: unknown) => Object.fromEntries(kept(spec))
  if (isDeepStrictEqual(fixed(before.spec), fixed(after.spec))) return []
  const why =
    "updates to statefulset spec for fields other than 'replicas', 'template', and 'updateStrategy' are forbidden"
  return [forbidden('spec', why)]
}

/** Of a pod only these, the images, and further tolerations. */
const OF_A_POD = new Set([
  'activeDeadlineSeconds',
  'tolerations',
  'containers',
  'initContainers',
  'schedulingGates',
])

function problemsOfPodChange(before: KubernetesObject, after: KubernetesObject): FieldProblem[] {
  const fixed = ({ spec }: KubernetesObject) => {
    const fields = Object.entries(recordOf(spec)).filter(([field]) => !OF_A_POD.has(field))
    return Object.fromEntries(fields)
  }
  const withoutImages = (object: KubernetesObject) =>
    ['spec.containers', 'spec.initContainers'].map((path) =>
      recordsAt(object, path).map((container) => ({ ...container, image: '', imagePullPolicy: '' })),
    )
  const tolerations = recordsAt(after, 'spec.tolerations')
  const isTolerationGone = recordsAt(before, 'spec.tolerations').some(
    (one) => !tolerations.some(({ key, effect }) => key === one['key'] && effect === one['effect']),
  )
  const isFixed =
    isDeepStrictEqual(fixed(before), fixed(after)) &&
    isDeepStrictEqual(withoutImages(before), withoutImages(after)) &&
    !isTolerationGone
  if (isFixed) return []
  const why =
    'pod updates may not change fields other than `spec.containers[*].image`, `spec.initContainers[*].image`, `spec.activeDeadlineSeconds` or `spec.tolerations` (only additions to existing tolerations)'
  return [forbidden('spec', why)]
}
