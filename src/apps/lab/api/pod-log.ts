import { ApiRefusal } from '../store/api-refusal.ts'
import type { KubernetesObject } from '../store/kubernetes-object.ts'
import { isSet, wholeNumberOf } from './api-request.ts'
import type { NodeEndpoints } from './node-endpoint.ts'
import { recordsAt, textAt } from './table/columns.ts'

/** The log of a container. A log is not followed: it ends where it ends now. @throws {ApiRefusal} BadRequest */
export function podLog(endpoints: NodeEndpoints, pod: KubernetesObject, query: URLSearchParams): string {
  const { name } = pod.metadata
  const containers = recordsAt(pod, 'spec.containers').map((one) => textAt(one, 'name'))
  const container = query.get('container') || (containers.length === 1 ? containers[0] : undefined)
  if (container === undefined) {
    const message = `a container name must be specified for pod ${name}, choose one of: [${containers.join(' ')}]`
    throw new ApiRefusal('BadRequest', message)
  }
  if (!containers.includes(container)) {
    throw new ApiRefusal('BadRequest', `container ${container} is not valid for pod ${name}`)
  }
  const status = recordsAt(pod, 'status.containerStatuses').find((one) => one['name'] === container)
  const waiting = textAt(status, 'state.waiting.reason')
  if (waiting !== '') {
    const message = `container "${container}" in pod "${name}" is waiting to start: ${waiting}`
    throw new ApiRefusal('BadRequest', message)
  }
  const [tailLines, sinceSeconds, limitBytes] = ['tailLines', 'sinceSeconds', 'limitBytes'].map((option) =>
    wholeNumberOf(query, option),
  )
  return (
    endpoints(textAt(pod, 'spec.nodeName'))?.podLog?.(pod, {
      container,
      previous: isSet(query, 'previous'),
      timestamps: isSet(query, 'timestamps'),
      ...(tailLines !== undefined && { tailLines }),
      ...(sinceSeconds !== undefined && { sinceSeconds }),
      ...(limitBytes !== undefined && { limitBytes }),
    }) ?? ''
  )
}
