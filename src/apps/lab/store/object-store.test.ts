import { describe, expect, it } from 'vitest'
import { createObjectStore } from './object-store.ts'
import { worldObjects } from './world-objects.ts'

const BEGUN_AT = Date.UTC(2026, 10, 24, 8)
function newStore(mostHistory?: number) {
  let uids = 0
  return createObjectStore({
    now: () => BEGUN_AT,
    newUid: () => `uid-${++uids}`,
    random: () => 0,
    ...(mostHistory !== undefined && { mostHistory }),
  })
}
const pod = (name: string, more: object = {}) => ({
  metadata: { name, namespace: 'default', ...more },
  spec: { nodeName: 'node-0' },
  status: { phase: 'Running' },
})
const refusal = (act: () => unknown): unknown => {
  try {
    act()
    return undefined
  } catch (failure) {
    return failure
  }
}

describe('the object store', () => {
  it('gives what is made an identity, and refuses it twice', () => {
    const store = newStore()
    const made = store.create('pods', pod('a'))
    expect(made).toMatchObject({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { uid: 'uid-1', resourceVersion: '1001', creationTimestamp: '2026-11-24T08:00:00Z' },
    })
    expect(refusal(() => store.create('pods', pod('a')))).toMatchObject({
      reason: 'AlreadyExists',
      message: 'pods "a" already exists',
    })
    const named = store.create('pods', { metadata: { generateName: 'web-', namespace: 'default' } })
    expect(named.metadata.name).toBe('web-bbbbb')
  })

  it('refuses what was read too early, or of another object', () => {
    const store = newStore()
    const made = store.create('pods', pod('a'))
    store.update('pods', { ...made, status: { phase: 'Failed' } })
    expect(refusal(() => store.update('pods', made))).toMatchObject({ reason: 'Conflict', code: 409 })
    const other = { ...made, metadata: { name: 'a', namespace: 'default', uid: 'another' } }
    expect(refusal(() => store.update('pods', other))).toMatchObject({ reason: 'Conflict' })
    worldObjects(store).update('pods', made)
    expect(store.get('pods', 'default', 'a')?.status).toEqual({ phase: 'Running' })
  })

  it('changes nothing where nothing changes, and counts what is asked for', () => {
    const store = newStore()
    const made = store.create('statefulsets', {
      metadata: { name: 'es', namespace: 'log' },
      spec: { replicas: 1 },
    })
    expect(store.update('statefulsets', made)).toBe(made)
    const scaled = store.update('statefulsets', { ...made, spec: { replicas: 2 } })
    expect(scaled.metadata.generation).toBe(2)
    expect(store.update('statefulsets', { ...scaled, status: {} }).metadata.generation).toBe(2)
  })

  it('leaves a pod to its kubelet for the grace period', () => {
    const store = newStore()
    store.create('pods', pod('a'))
    const { object, isGone } = store.remove('pods', 'default', 'a')
    expect(isGone).toBe(false)
    expect(object.metadata).toMatchObject({
      deletionTimestamp: '2026-11-24T08:00:30Z',
      deletionGracePeriodSeconds: 30,
    })
    expect(store.remove('pods', 'default', 'a', { gracePeriodSeconds: 0 }).isGone).toBe(true)
    expect(refusal(() => store.remove('pods', 'default', 'a'))).toMatchObject({
      message: 'pods "a" not found',
    })
  })

  it('lets an object go with its last finalizer', () => {
    const store = newStore()
    const types: string[] = []
    store.onChange(({ type }) => types.push(type))
    const finalizers = ['kubernetes.io/pvc-protection']
    store.create('persistentvolumeclaims', { metadata: { name: 'data', namespace: 'log', finalizers } })
    const { object } = store.remove('persistentvolumeclaims', 'log', 'data')
    expect(object.metadata.deletionTimestamp).toBe('2026-11-24T08:00:00Z')
    store.update('persistentvolumeclaims', { ...object, metadata: { ...object.metadata, finalizers: [] } })
    expect(types).toEqual(['ADDED', 'MODIFIED', 'DELETED'])
    expect(store.list('persistentvolumeclaims')).toEqual([])
  })

  it('refuses a deletion that means another object', () => {
    const store = newStore()
    store.create('pods', pod('a'))
    const failure = refusal(() => store.remove('pods', 'default', 'a', { preconditions: { uid: 'x' } }))
    expect(failure).toMatchObject({
      message:
        'Operation cannot be fulfilled on Pod "a": the UID in the precondition (x) does not match the UID in record (uid-1). The object might have been deleted and then recreated',
    })
  })

  it('remembers so many changes, and says when it forgot some', () => {
    const store = newStore(2)
    for (const name of ['a', 'b', 'c', 'd', 'e']) store.create('pods', pod(name))
    expect(store.changesAfter('pods', 1000)).toBeUndefined()
    expect(store.changesAfter('pods', 1003)?.map(({ object }) => object.metadata.name)).toEqual(['d', 'e'])
    expect(store.changesAfter('nodes', 1000)).toEqual([])
    store.compact()
    expect(store.changesAfter('nodes', 1000)).toBeUndefined()
    expect(store.changesAfter('pods', store.revision())).toEqual([])
  })

  it('lists by namespace and name', () => {
    const store = newStore()
    store.create('pods', { metadata: { name: 'a', namespace: 'b' } })
    store.create('pods', { metadata: { name: 'b', namespace: 'a' } })
    store.create('pods', { metadata: { name: 'a', namespace: 'a' } })
    expect(store.list('pods').map(({ metadata: { namespace, name } }) => `${namespace}/${name}`)).toEqual([
      'a/a',
      'a/b',
      'b/a',
    ])
  })
})
