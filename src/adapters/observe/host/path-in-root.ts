import type { BytePath } from '../../../core/observe/host/byte-path.ts'

/** As many as Linux follows (path_resolution(7)). */
const MOST_LINKS = 40

/**
 * Where a path leads for a process whose root directory is the host's, wherever that is mounted for us: an absolute link
 * begins at the host's root, and `..` of the root is the root, so that nothing leads out of it. What does not exist is
 * left as it stands.
 * @param linkAt What a path without links in its directories links to; undefined where there is no link.
 * @throws {NodeJS.ErrnoException} ELOOP, for a circle of links.
 */
export async function pathInRoot(
  path: BytePath,
  linkAt: (path: BytePath) => Promise<BytePath | undefined>,
): Promise<BytePath> {
  const left = path.split('/').toReversed()
  let found: string[] = []
  for (let links = 0; left.length > 0;) {
    const name = left.pop() ?? ''
    if (name === '' || name === '.') continue
    if (name === '..') {
      found.pop()
      continue
    }
    const link = await linkAt(`/${[...found, name].join('/')}`)
    if (link === undefined) {
      found.push(name)
      continue
    }
    links++
    if (links > MOST_LINKS) throw Object.assign(new Error('ELOOP: too many links'), { code: 'ELOOP' })
    if (link.startsWith('/')) found = []
    left.push(...link.split('/').toReversed())
  }
  return `/${found.join('/')}`
}
