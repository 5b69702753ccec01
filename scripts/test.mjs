// `npm test`: installs and builds when needed, then runs every test; arguments go to vitest.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { build, install, requireNode } from './installed.mjs'
import { root } from './root.mjs'

requireNode()
install()
build()
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
const { status } = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
})
process.exitCode = status ?? 1
