// Bundles the program into dist/ and the page into dist/web; run by `npm run build`.
import { chmod, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'
import { root } from './root.mjs'

const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'))

/** Bundles the command line program; what a command needs is loaded only when it runs. */
async function buildProgram() {
  await build({
    entryPoints: {
      kubepatrol: path.join(root, 'src/apps/cli/kubepatrol.ts'),
      'search-worker': path.join(root, 'src/adapters/observe/log-file/search-worker.ts'),
    },
    outdir: path.join(root, 'dist'),
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    chunkNames: '[name]-[hash]',
    // The text of the program stays in memory; its names are kept, for what a failure prints.
    minifyWhitespace: true,
    minifySyntax: true,
    // A native module cannot be bundled.
    external: ['libsql'],
    define: {
      'process.env.KUBEPATROL_VERSION': JSON.stringify(version),
      'process.env["KUBEPATROL_VERSION"]': JSON.stringify(version),
    },
    banner: {
      js: '#!/usr/bin/env node\nimport { createRequire as kubepatrolRequire } from "node:module"; const require = kubepatrolRequire(import.meta.url);',
    },
    logLevel: 'warning',
  })
  await chmod(path.join(root, 'dist/kubepatrol.js'), 0o755)
}

/** Builds the page. */
async function buildPage() {
  const vite = await import('vite')
  await vite.build({
    root: path.join(root, 'src/web'),
    configFile: path.join(root, 'vite.config.ts'),
    logLevel: 'warn',
  })
}

await rm(path.join(root, 'dist'), { recursive: true, force: true })
await Promise.all([buildProgram(), buildPage()])
