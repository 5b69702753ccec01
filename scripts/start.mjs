// `npm start`: installs and builds when needed, then patrols a simulated cluster of the lab; arguments go to `kubepatrol serve`.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, install, requireNode } from './installed.mjs'
import { root } from './root.mjs'

requireNode()
install()
build()
const program = path.join(root, 'dist/kubepatrol.js')
const own = process.argv.slice(2)
const isChosen = own.some((argument) => /^--(?:replay|scenario|kubeconfig|context)(?:=|$)/.test(argument))
const lab = isChosen ? [] : ['--scenario', 'air-gapped-disk-full']
process.argv = [process.execPath, program, 'serve', ...lab, ...own]
// In this same process, so that a signal reaches it at once and nothing is left behind.
await import(pathToFileURL(program).href)
