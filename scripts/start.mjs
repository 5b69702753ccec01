// `npm start`: installs and builds when needed, then plays the recorded incident; arguments go to `kubepatrol serve`.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, install, requireNode } from './installed.mjs'
import { root } from './root.mjs'

requireNode()
install()
build()
const program = path.join(root, 'dist/kubepatrol.js')
const own = process.argv.slice(2)
const replay = own.some((argument) => argument.startsWith('--replay'))
  ? []
  : ['--replay', path.join(root, 'recordings/incident')]
process.argv = [process.execPath, program, 'serve', ...replay, ...own]
// In this same process, so that a signal reaches it at once and nothing is left behind.
await import(pathToFileURL(program).href)
