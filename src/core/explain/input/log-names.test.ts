import { describe, expect, it } from 'vitest'
import { byRotation, inReadingOrder, isLogName } from './log-names.ts'

describe('names of logs', () => {
  it.each([
    'messages',
    'messages-20250301.gz',
    'kubelet.log.1',
    'syslog.2.xz',
    'journalctl_--no-pager',
    'events.json',
    'logs.txt',
    'dmesg',
    'k3s.log',
  ])('%s is a log', (name) => {
    expect(isLogName(name)).toBe(true)
  })

  it.each([
    'objects.json',
    'kubelet.conf',
    'kubelet.service',
    'before-images.txt',
    'system.journal',
    'ca.crt',
  ])('%s is none', (name) => {
    expect(isLogName(name)).toBe(false)
  })

  it('puts rotated logs in the order in which they were written', () => {
    const inOrder = [
      'kubelet.log.10.gz',
      'kubelet.log.2.gz',
      'kubelet.log.1',
      'kubelet.log',
      'messages-20250301.gz',
      'messages-20250308',
      'messages',
    ]
    expect(inOrder.toReversed().toSorted(byRotation)).toEqual(inOrder)
  })

  it('reads a folder before those below it', () => {
    const inOrder = ['n/kubelet.log.1', 'n/kubelet.log', 'n/a/messages', 'n/a/z/dmesg', 'n/b/messages']
    expect(inOrder.toReversed().toSorted(inReadingOrder)).toEqual(inOrder)
  })
})
