// `npm run mutate`: changes the kubelet's model one operator at a time, and says which changes no test notices.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { install, requireNode } from './installed.mjs'
import { root } from './root.mjs'

requireNode()
install()
const { status } = spawnSync(path.join(root, 'node_modules/.bin/stryker'), ['run'], {
  cwd: root,
  stdio: 'inherit',
})
process.exitCode = status ?? 1
