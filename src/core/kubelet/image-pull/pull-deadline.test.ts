import { describe, expect, it } from 'vitest'
import { parseContainerRuntime } from '../container-runtime.ts'
import { pullDeadline, RUNTIME_REQUEST_TIMEOUT } from './pull-deadline.ts'

const MINUTE = 60_000

describe('who gives up a pull, and when (semantics §5.4)', () => {
  it.each([
    ['kubelet → CRI PullImage: never', 'containerd://1.6.20', Infinity],
    ['dockershim', 'docker://20.10.7', MINUTE],
    ['containerd 1.7', 'containerd://1.7.0', MINUTE],
    ['containerd 2.x', 'containerd://2.0.1', 5 * MINUTE],
    ['another runtime: not known', 'cri-o://1.29.1', undefined],
  ])('%s', (_, text, deadline) => {
    const runtime = parseContainerRuntime(text)
    expect(runtime && pullDeadline(runtime)).toBe(deadline)
  })

  it('other CRI calls', () => {
    expect(RUNTIME_REQUEST_TIMEOUT).toBe(2 * MINUTE)
  })
})
