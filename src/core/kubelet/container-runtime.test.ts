import { describe, expect, it } from 'vitest'
import { parseContainerRuntime, pinsPauseImage } from './container-runtime.ts'

describe('parseContainerRuntime', () => {
  it.each([
    ['containerd://1.6.20', { name: 'containerd', version: [1, 6, 20] }],
    ['containerd://1.7.1-k3s1', { name: 'containerd', version: [1, 7, 1] }],
    ['containerd://1.6.12-0ubuntu1~22.04.1', { name: 'containerd', version: [1, 6, 12] }],
    ['docker://20.10', { name: 'docker', version: [20, 10, 0] }],
    ['cri-o://1.28.1', { name: 'cri-o', version: [1, 28, 1] }],
  ])('%s', (text, runtime) => expect(parseContainerRuntime(text)).toEqual(runtime))

  it.each(['', 'containerd', 'containerd://', 'containerd://main', '://1.2.3', 'Unknown://unknown'])(
    '%j names no version',
    (text) => expect(parseContainerRuntime(text)).toBeUndefined(),
  )
})

describe('pinsPauseImage (semantics §1.5)', () => {
  it.each([
    ['containerd://1.5.18', false],
    ['containerd://1.6.21', false],
    ['containerd://1.6.22', true],
    ['containerd://1.7.2', false],
    ['containerd://1.7.3', true],
    ['containerd://2.0.0', true],
    ['cri-o://1.28.1', undefined],
  ])('%s: %s', (text, pins) => {
    const runtime = parseContainerRuntime(text)
    expect(runtime && pinsPauseImage(runtime)).toBe(pins)
  })
})
