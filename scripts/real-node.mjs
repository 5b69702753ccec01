// `npm run real-node -- up | scenario NAME | down | list | test`: a real kubelet to test against (docs/real-node.md).
import { spawn } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { install, requireNode } from './installed.mjs'
import { root } from './root.mjs'

requireNode()
install()
const { build } = await import('esbuild')
const folder = path.join(root, 'node_modules/.cache/kubepatrol')
await mkdir(folder, { recursive: true })
const outfile = path.join(folder, `real-node-${process.pid}.mjs`)
try {
  await build({
    entryPoints: [path.join(root, 'test/real-node/main.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    banner: {
      js: 'import { createRequire as realNodeRequire } from "node:module"; const require = realNodeRequire(import.meta.url);',
    },
    outfile,
    logLevel: 'warning',
  })
  const child = spawn(process.execPath, [outfile, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
  // It tidies up when it is interrupted; this process waits for it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  process.exitCode = await new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)))
} finally {
  await rm(outfile, { force: true })
}
