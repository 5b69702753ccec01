import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { incidentPath, nodePath, routeOf } from './route.ts'

describe('routeOf', () => {
  it.each([
    ['/', { page: 'fleet' }],
    ['/incidents', { page: 'incidents' }],
    ['/incidents/', { page: 'incidents' }],
    ['/findings', { page: 'findings' }],
    ['/notifications', { page: 'notifications' }],
    ['/explain', { page: 'explain' }],
    ['/explain/a', { page: 'nothing' }],
    ['/nodes/worker-1', { page: 'node', name: 'worker-1' }],
    ['/nodes', { page: 'nothing' }],
    ['/nodes/a/b', { page: 'nothing' }],
    ['/nodes/%', { page: 'nothing' }],
    ['/elsewhere/a', { page: 'nothing' }],
  ])('%s', (path, route) => {
    expect(routeOf(path)).toEqual(route)
  })

  it('finds again whatever is named', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        expect(routeOf(nodePath(name))).toEqual({ page: 'node', name })
        expect(routeOf(incidentPath(name))).toEqual({ page: 'incident', id: name })
      }),
    )
  })
})
