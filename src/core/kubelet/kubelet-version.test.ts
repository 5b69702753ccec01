import { describe, expect, it } from 'vitest'
import { forVersion, isAtLeast, parseKubeletVersion } from './kubelet-version.ts'

describe('parseKubeletVersion', () => {
  it.each([
    ['v1.20.2', { minor: 20, patch: 2 }],
    ['v1.26.3+k3s1', { minor: 26, patch: 3 }],
    ['1.18.9-eks-d1db3c', { minor: 18, patch: 9 }],
    ['v1.21', { minor: 21, patch: 0 }],
    ['v1.32.0-rc.1', { minor: 32, patch: 0 }],
  ])('%s', (text, version) => expect(parseKubeletVersion(text)).toEqual(version))

  it.each(['', 'unknown', 'v2.0.0', 'v1', 'v1.x.2', 'v1.20.2 (modified'])('%j is no version', (text) => {
    expect(parseKubeletVersion(text)).toBeUndefined()
  })
})

describe('forVersion', () => {
  it('takes the last row that holds, down to the patch', () => {
    const rows = [
      { since: 0, value: 'a' },
      { since: [20, 9], value: 'b' },
      { since: 21, value: 'c' },
    ] as const
    const at = (minor: number, patch: number) => forVersion<string>(rows, { minor, patch })
    expect([at(14, 0), at(20, 8), at(20, 9), at(21, 0), at(36, 2)]).toEqual(['a', 'a', 'b', 'c', 'c'])
    expect(isAtLeast({ minor: 20, patch: 2 }, 20, 3)).toBe(false)
  })
})
