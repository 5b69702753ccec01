import { describe, expect, it } from 'vitest'
import { amountsReader } from './amounts.ts'
import { asking, pod } from './cluster.contract.ts'
import { heldBy, requestsOf } from './pod-requests.ts'

const container = (cpu: string, more: object = {}) => ({
  name: 'c',
  resources: { requests: { cpu } },
  ...more,
})
const cpuOf = (spec: Record<string, unknown>) => requestsOf(pod('p', spec), amountsReader()).get('cpu')
const sidecar = (cpu: string) => container(cpu, { restartPolicy: 'Always' })

describe('what a pod asks for', () => {
  it.each([
    ['nothing', {}, undefined],
    ['its containers together', { containers: [container('100m'), container('0.2')] }, 300],
    [
      'an init container that needs more',
      { containers: [container('1')], initContainers: [container('3')] },
      3000,
    ],
    [
      'an init container that needs less',
      { containers: [container('2')], initContainers: [container('1')] },
      2000,
    ],
    [
      'the greatest init container, not all of them',
      { containers: [container('1')], initContainers: [container('2'), container('3')] },
      3000,
    ],
    [
      'a sidecar beside its containers',
      { containers: [container('1')], initContainers: [sidecar('2')] },
      3000,
    ],
    [
      'an init container beside the sidecars before it',
      { containers: [container('1')], initContainers: [sidecar('2'), container('4')] },
      6000,
    ],
    [
      'an init container without the sidecars after it',
      { containers: [container('1')], initContainers: [container('4'), sidecar('2')] },
      4000,
    ],
    [
      'its overhead on top',
      { containers: [container('1')], initContainers: [container('3')], overhead: { cpu: '250m' } },
      3250,
    ],
    [
      'what is asked for the pod as a whole, with overhead',
      { containers: [container('1')], resources: { requests: { cpu: '2' } }, overhead: { cpu: '1' } },
      3000,
    ],
    ['a limit without a request', { containers: [{ name: 'c', resources: { limits: { cpu: '2' } } }] }, 2000],
    [
      'a request below its limit',
      { containers: [{ name: 'c', resources: { limits: { cpu: '2' }, requests: { cpu: '1' } } }] },
      1000,
    ],
    ['a number that is no text', asking({ cpu: 2 }), 2000],
    [
      'nulls',
      { containers: [{ name: 'c', resources: { requests: null, limits: null } }], initContainers: null },
      undefined,
    ],
  ])('%s', (_, spec, expected) => {
    expect(cpuOf(spec)).toBe(expected)
  })

  it('for the pod as a whole is only cpu, memory and huge pages', () => {
    const spec = {
      ...asking({ 'example.org/gpu': '1' }),
      resources: { requests: { 'example.org/gpu': '7', memory: '1Ki' } },
    }
    expect(Object.fromEntries(requestsOf(pod('p', spec), amountsReader()))).toEqual({
      'example.org/gpu': 1,
      memory: 1024,
    })
  })
})

describe('what a pod on a node holds', () => {
  const held = (status: object) =>
    heldBy(
      pod('p', { containers: [container('1')] }, {}, { containerStatuses: [{ name: 'c', ...status }] }),
      amountsReader(),
    ).get('cpu')

  it.each([
    ['what it asks for', {}, 1000],
    ['what it was granted', { allocatedResources: { cpu: '1' } }, 1000],
    ['the old amount while it shrinks', { resources: { requests: { cpu: '3' } } }, 3000],
    ['the new amount while it grows', { resources: { requests: { cpu: '500m' } } }, 1000],
    [
      'what is granted and not yet in force',
      { allocatedResources: { cpu: '2' }, resources: { requests: { cpu: '1' } } },
      2000,
    ],
  ])('%s', (_, status, expected) => {
    expect(held(status)).toBe(expected)
  })
})
