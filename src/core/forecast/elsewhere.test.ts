import { describe, expect, it } from 'vitest'
import { say } from '../messages/message.ts'
import type { Observation } from '../observe/observation.ts'
import { asking, node, pod } from '../placement/cluster.contract.ts'
import { fitNowhereElse, placementIndex } from './elsewhere.ts'

const part = <T>(value: T) => ({ value, source: 'test', observedAt: 0 })
const observed = (nodes: readonly ReturnType<typeof node>[]): Observation => ({
  observedAt: 0,
  cluster: {
    nodes: part(nodes),
    pods: part([]),
    persistentVolumeClaims: part([]),
    persistentVolumes: part([]),
  },
  nodes: [],
})
const told = (one: ReturnType<typeof pod>, nodes: readonly ReturnType<typeof node>[]) => {
  const index = placementIndex(observed(nodes))
  return index ? fitNowhereElse([one], 'here', index) : []
}
const tainted = { taints: ['dedicated=db:NoSchedule'] }

describe('fitNowhereElse', () => {
  it('is silent about a pod that another node takes', () => {
    expect(told(pod('web'), [node('here'), node('there')])).toEqual([])
  })

  it('groups the nodes by what they refuse it for', () => {
    const [one] = told(pod('web'), [
      node('here'),
      node('a', tainted),
      node('b', tainted),
      node('c', { unschedulable: true }),
    ])
    expect(one?.certainty).toBe('certain')
    expect(one && say(one.message, 'en')).toContain('fits on none of the 3 other nodes')
    expect(one?.nodes?.map(({ nodes }) => nodes)).toEqual([['a', 'b'], ['c']])
  })

  it('says so where there is no other node', () => {
    const [one] = told(pod('web', asking({ cpu: '1' })), [node('here')])
    expect(one && say(one.message, 'en')).toContain('there is no other node')
  })

  it('knows nothing while the nodes are not known', () => {
    expect(placementIndex({ observedAt: 0, cluster: {}, nodes: [] })).toBeUndefined()
  })
})
