// `npm run check`: everything about the code that can be seen without running it.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { build, install, requireNode } from './installed.mjs'
import { root } from './root.mjs'

const bin = (name) => path.join(root, 'node_modules/.bin', name)
const PARTS = [
  ['types of core, which has no platform', bin('tsc'), ['-p', 'src/core']],
  ['types of the program and its tests', bin('tsc'), ['-p', '.']],
  ['types of the page', bin('tsc'), ['-p', 'src/web']],
  ['lint', bin('oxlint'), ['--type-aware', '--deny-warnings']],
  ['format', bin('prettier'), ['--check', '--log-level=warn', '.']],
  ['boundaries', bin('depcruise'), ['--config', '.dependency-cruiser.cjs', 'src']],
  ['dead code', bin('knip'), ['--no-progress']],
  ['generated files', process.execPath, ['scripts/generate.mjs', '--check']],
]
const AT_ONCE = 2

/** Runs one part and says how it went; what it printed only when it failed. */
async function check([name, program, args]) {
  const begunAt = performance.now()
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_NO_WARNINGS: '1', FORCE_COLOR: '0' },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (output += piece))
  const status = await new Promise((resolve) => {
    child.once('error', (failure) => {
      output += failure.message
      resolve(1)
    })
    child.once('close', resolve)
  })
  const seconds = ((performance.now() - begunAt) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  if (status !== 0) console.log(output)
  return status === 0
}

requireNode()
install()
build()
const waiting = [...PARTS]
const results = []
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let part = waiting.shift(); part; part = waiting.shift()) results.push(await check(part))
  }),
)
process.exitCode = results.every(Boolean) ? 0 : 1
