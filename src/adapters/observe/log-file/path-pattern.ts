import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { byRotation } from '../../../core/explain/input/log-names.ts'

/** Whether a path that names nothing can be a pattern that the shell was kept from expanding. */
export function isPathPattern(location: string): boolean {
  return /[*?[]/.test(location)
}

/** What matches a pattern with `*`, `?` and `[…]`, as a shell would find it; hidden files only when they are named so. */
export async function matchingPaths(pattern: string): Promise<string[]> {
  const absolute = path.isAbsolute(pattern)
  let found = [absolute ? path.parse(pattern).root : '']
  for (const part of pattern.split('/').filter((name) => name !== '')) {
    found = isPathPattern(part)
      ? (await Promise.all(found.map((directory) => entriesLike(directory, part)))).flat()
      : found.map((directory) => path.join(directory, part))
  }
  return found.toSorted(byRotation)
}

async function entriesLike(directory: string, part: string): Promise<string[]> {
  const like = expressionOf(part)
  const names = await readdir(directory === '' ? '.' : directory).catch(() => [])
  return names
    .filter((name) => like.test(name) && (!name.startsWith('.') || part.startsWith('.')))
    .map((name) => path.join(directory, name))
}

function expressionOf(part: string): RegExp {
  const source = part.replace(/\*|\?|\[!?[^\]]+\]|[\s\S]/g, (token) => {
    if (token === '*') return '.*'
    if (token === '?') return '.'
    if (token.length > 1) return `[${token.slice(1, -1).replace(/^!/, '^').replaceAll('\\', '\\\\')}]`
    return token.replace(/[.+^${}()|[\]\\/]/, '\\$&')
  })
  return new RegExp(`^${source}$`, 's')
}
