import { describe, expect, it } from 'vitest'
import { shellWord } from './shell-word.ts'

describe('shellWord', () => {
  it.each([
    ['es-0', 'es-0'],
    ['kubernetes.io/pvc-protection', 'kubernetes.io/pvc-protection'],
    ['a; reboot', "'a; reboot'"],
    ["it's", "'it'\\''s'"],
    ['-rf', "'-rf'"],
    ['', "''"],
  ])('writes %j as %s', (name, word) => expect(shellWord(name)).toBe(word))
})
