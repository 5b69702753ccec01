// `npm run bench`: runs what is in bench/; it prints ratios measured side by side in one run.
// `npm run bench -- forecast`: only what is named so. A bench that misses its target sets the exit status.
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
const SUFFIX = '.bench.ts'
const benches = (await readdir(path.join(root, 'bench'))).filter((file) => file.endsWith(SUFFIX))
const named = process.argv.slice(2).map((name) => name + SUFFIX)
const unknown = named.filter((file) => !benches.includes(file))
if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(', ')}; there are ${benches.join(', ')}`)
  process.exitCode = 2
}
for (const file of benches) {
  if (unknown.length > 0 || (named.length > 0 && !named.includes(file))) continue
  const outfile = path.join(folder, `${file}-${process.pid}.mjs`)
  await build({
    entryPoints: [path.join(root, 'bench', file)],
    bundle: true,
    format: 'esm',
    platform: 'node',
    // Some are programs of their own, with binaries beside them.
    packages: 'external',
    outfile,
    logLevel: 'warning',
  })
  console.log(`# ${file}`)
  await import(pathToFileURL(outfile).href)
  await rm(outfile)
}
