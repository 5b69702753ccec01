import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { KUBERNETES } from './places.ts'
import { runProgram } from './run-program.ts'

/**
 * Fetches Debian's source package of Kubernetes and unpacks the part that is Kubernetes' own, unchanged.
 * It asks the mirror that the machine uses, with lists of its own: the machine's sources stay as they are.
 * @returns the source's folder, in `work`
 */
export async function fetchSource(work: string): Promise<string> {
  const lists = path.join(work, 'lists')
  mkdirSync(path.join(lists, 'partial'), { recursive: true })
  const sources = path.join(work, 'sources.list')
  writeFileSync(sources, await sourceLines())
  const apt = [
    ['Dir::Etc::SourceList', sources],
    ['Dir::Etc::SourceParts', '/dev/null'],
    ['Dir::State::Lists', lists],
    ['APT::Sandbox::User', 'root'],
  ].flatMap(([name, value]) => ['-o', `${name}=${value}`])
  await runProgram('apt-get', [...apt, 'update'])
  await runProgram('apt-get', [...apt, 'source', '--download-only', '--tar-only', 'kubernetes'], {
    cwd: work,
  })
  const archive = readdirSync(work).find((name) => /^kubernetes_.*\.orig\.tar\./.test(name))
  if (archive === undefined) throw new Error('Debian has no source of Kubernetes here')
  if (!archive.includes(KUBERNETES.version)) throw new Error(`Debian has another Kubernetes here: ${archive}`)
  const source = path.join(work, 'source')
  mkdirSync(source)
  await runProgram('tar', ['-xf', archive, '-C', source, '--strip-components=1'], { cwd: work })
  return source
}

/** A line for the source packages of every site that the machine has Debian 12's packages from. */
async function sourceLines(): Promise<string> {
  const format = '$(SITE) $(RELEASE) $(COMPONENT)'
  const targets = await runProgram('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'])
  const lines = targets
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, release, component]) => release === 'bookworm' && component === 'main')
    .map(([site]) => `deb-src [signed-by=${KEYRING}] ${site} bookworm main\n`)
  return [...new Set(lines)].join('')
}

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'
