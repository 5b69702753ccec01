import { expect, it } from 'vitest'
import { BUILT_IN_RESOURCES, type ServedResource } from '../store/resources.ts'
import { problemsOfChange, problemsOfNew } from './check-metadata.ts'

const resource = (kind: string) => BUILT_IN_RESOURCES.find((one) => one.kind === kind) as ServedResource
const fieldsOf = (kind: string, metadata: object) =>
  problemsOfNew(resource(kind), metadata).map(({ field, reason }) => [field, reason])
const INVALID = 'FieldValueInvalid'

it.each<[kind: string, metadata: object, problems: string[][]]>([
  ['Pod', { name: 'es-0.log' }, []],
  ['Pod', { generateName: 'es-' }, []],
  ['Pod', {}, [['metadata.name', 'FieldValueRequired']]],
  ['Pod', { name: 'Es_0' }, [['metadata.name', INVALID]]],
  ['Pod', { name: 'a'.repeat(253) }, []],
  ['Pod', { name: 'a'.repeat(254) }, [['metadata.name', INVALID]]],
  ['Namespace', { name: 'a.b' }, [['metadata.name', INVALID]]],
  ['Service', { name: '0es' }, [['metadata.name', INVALID]]],
  ['ClusterRole', { name: 'system:node' }, []],
  ['ClusterRole', { name: 'a/b' }, [['metadata.name', INVALID]]],
  ['Pod', { name: 'a', labels: { 'example.com/of': 'x_1.y' } }, []],
  ['Pod', { name: 'a', labels: { '-a': 'x' } }, [['metadata.labels', INVALID]]],
  ['Pod', { name: 'a', labels: { a: 'x y' } }, [['metadata.labels', INVALID]]],
  ['Pod', { name: 'a', labels: { a: 'x'.repeat(64) } }, [['metadata.labels', INVALID]]],
  ['Pod', { name: 'a', annotations: { 'a b': 'anything at all' } }, [['metadata.annotations', INVALID]]],
])('a %s with %o', (kind, metadata, problems) => {
  expect(fieldsOf(kind, metadata)).toEqual(problems)
})

it.each([
  ['while it is deleted', { deletionTimestamp: '2026-01-01T00:00:00Z' }, 2],
  ['while it is not', {}, 0],
])('a new finalizer %s', (_, before, problems) => {
  const metadata = { name: 'a', uid: 'u', ...before } as unknown as Parameters<typeof problemsOfChange>[0]
  expect(problemsOfChange(metadata, { ...metadata, finalizers: ['example.com/new'] })).toHaveLength(problems)
})
