// `npm run bench`: runs what is in bench/; it prints ratios measured side by side in one run.
import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { install, requireNode } from './installed.mjs'
import { root } from './root.mjs'

requireNode()
install()
const { build } = await import('esbuild')
const folder = path.join(root, 'node_modules/.cache/kubepatrol')
await mkdir(folder, { recursive: true })
for (const file of await readdir(path.join(root, 'bench'))) {
  if (!file.endsWith('.bench.ts')) continue
  const outfile = path.join(folder, `${file}-${process.pid}.mjs`)
  await build({
    entryPoints: [path.join(root, 'bench', file)],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    logLevel: 'warning',
  })
  console.log(`# ${file}`)
  await import(pathToFileURL(outfile).href)
  await rm(outfile)
}
