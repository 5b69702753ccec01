import { describe, expect, it } from 'vitest'
import { collectLogDirectories, collectLogLinks } from './pod-logs.ts'
import { logFilesOf, stepsBefore } from './removal-steps.ts'

describe('log directories (semantics §2.7)', () => {
  const names = ['123', '456', '789', '012', 'name_namespace_321', 'name_namespace_654']
  const isGone = (podUid: string) => !['123', '456', '321'].includes(podUid)

  it('known UIDs 123, 456, 321', () => {
    expect(collectLogDirectories(names, isGone, true)).toEqual(['789', '012', 'name_namespace_654'])
  })

  it('sources not ready', () => expect(collectLogDirectories(names, isGone, false)).toEqual([]))

  it('the UID follows the last underscore', () => {
    expect(collectLogDirectories(['log_a_b_123'], isGone, true)).toEqual([])
  })
})

describe('log links (semantics §2.2 C2)', () => {
  it.each([
    ['one with a target', 'es-0_log_es-abc.log', true, [], 0],
    ['of a container unknown to the runtime', 'es-0_log_es-abc.log', false, [], 1],
    ['of an exited container', 'es-0_log_es-abc.log', false, [{ id: 'abc', state: 'EXITED' }], 1],
    [
      'of a running container, whose log is being rotated',
      'es-0_log_es-abc.log',
      false,
      [{ id: 'abc', state: 'RUNNING' }],
      0,
    ],
    [
      'of a container in an unknown state',
      'es-0_log_es-abc.log',
      false,
      [{ id: 'abc', state: 'UNKNOWN' }],
      0,
    ],
    ['no log at all', 'es-0_log_es-abc', false, [], 0],
  ] as const)('%s', (_, name, hasTarget, containers, removed) => {
    expect(collectLogLinks([{ name, hasTarget }], containers)).toHaveLength(removed)
  })
})

describe('what a removal frees (semantics §2.5)', () => {
  it('keeps the writable layer when an earlier step fails', () => {
    expect(stepsBefore('log-link')).toEqual(['bookkeeping', 'log-files'])
    expect(stepsBefore('container')).toEqual(['bookkeeping', 'log-files', 'log-link'])
  })

  it('takes rotated, compressed and half written logs along, and no log of another restart', () => {
    const log = '/var/log/pods/log_es-0_u/es/0.log'
    const rotated = [log, `${log}.20261124-082137`, `${log}.20261124-081000.gz`, `${log}.20261124-081000.tmp`]
    expect(logFilesOf(log, [...rotated, '/var/log/pods/log_es-0_u/es/1.log'])).toEqual(rotated)
  })
})
