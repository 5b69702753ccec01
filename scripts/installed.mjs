// Sees to it that what the project needs is installed and built, doing neither when it is not needed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './root.mjs'

const LEAST = [20, 19]
const BUILT_FROM = ['src', 'scripts/bundle.mjs', 'vite.config.ts', 'package.json', 'package-lock.json']

/** Ends the process with a clear word where Node.js is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return
  console.error(
    `kubepatrol needs Node.js ${LEAST.join('.')} or newer; this is ${process.versions.node}. Install a current one and try again.`,
  )
  process.exit(2)
}

/** Installs the dependencies of the lockfile when they are not there, or another lockfile's. */
export function install() {
  const stamp = path.join(root, 'node_modules/.kubepatrol')
  const wanted = digest(['package-lock.json', 'package.json'])
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.log('Installing what kubepatrol needs …')
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stamp, wanted)
}

/** Builds the program and the page when their sources changed, or anew when asked. */
export function build({ anew = false } = {}) {
  const stamp = path.join(root, 'dist/.built-from')
  const wanted = digest(BUILT_FROM)
  if (!anew && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.log('Building kubepatrol …')
  run(process.execPath, [path.join(root, 'scripts/bundle.mjs')])
  writeFileSync(stamp, wanted)
}

/** Runs a program quietly; what it said is shown when it fails, and ends the process. */
function run(program, args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (status === 0) return
  console.error(`${[stdout, stderr].filter(Boolean).join('\n')}${error ? error.message : ''}`)
  console.error(`"${path.basename(program)} ${path.basename(args[0])}" failed; the lines above say why.`)
  process.exit(1)
}

/** A digest of files and of everything in folders. */
function digest(names) {
  const hash = createHash('sha256')
  const add = (name) => {
    hash.update(`${name}\n`)
    hash.update(readFileSync(path.join(root, name)))
  }
  for (const name of names) {
    if (path.extname(name) !== '') add(name)
    else
      for (const file of readdirSync(path.join(root, name), { recursive: true, withFileTypes: true })) {
        if (file.isFile()) add(path.relative(root, path.join(file.parentPath, file.name)))
      }
  }
  return hash.digest('hex')
}
