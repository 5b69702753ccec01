import { describe, expect, it } from 'vitest'
import { shown } from './shown-text.ts'

describe('shown', () => {
  it.each([
    ['es-0', 'es-0'],
    ['a\u001b[2Jb', 'a\ufffd[2Jb'],
    ['`rm`\nnext', ' rm  next'],
    ['x\ud83d', 'x '],
    ['abcdef', 'abcd…'],
  ])('shows %j as %j', (text, said) => expect(shown(text, text === 'abcdef' ? 4 : undefined)).toBe(said))
})
