// `npm run real-node -- up | scenario NAME | down | list | test`: a real kubelet to test against (docs/real-node.md).
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { install, requireNode } from './installed.mjs'
import { root } from './root.mjs'

requireNode()
install()
process.env.INIT_CWD ??= process.cwd()
process.chdir(root)
const { build } = await import('esbuild')
const { outputFiles } = await build({
  entryPoints: ['test/real-node/main.ts'],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  banner: {
    js: 'import { createRequire as realNodeRequire } from "node:module"; const require = realNodeRequire(import.meta.url);',
  },
  logLevel: 'warning',
})
// It starts itself anew in the background, so it has to stay; the same program has the same name.
const program = outputFiles[0].contents
const digest = createHash('sha256').update(program).digest('hex').slice(0, 12)
const file = path.resolve('node_modules/.cache/kubepatrol', `real-node-${digest}.mjs`)
if (!existsSync(file)) {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(`${file}.${process.pid}`, program)
  renameSync(`${file}.${process.pid}`, file)
}
await import(pathToFileURL(file).href)
