import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { build } from 'esbuild'
import { root } from './root.mjs'

const FOLDER = 'src/core/explain/search'
/** Logs of a kubelet on whose ordinary lines the search is made to pass quickly. */
const SAMPLES = ['healthy', 'incident', 'kubelet-restart']
const LINES = 3000
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The WebAssembly module of core's search as a module that can be imported, assembled from its text; and its tables. */
export async function searchKernel() {
  const { default: load } = await import('wabt')
  const wabt = await load()
  const name = 'search-kernel.wat'
  const module = wabt.parseWat(name, await readFile(path.join(root, FOLDER, name)), { simd: true })
  module.validate()
  const { buffer } = module.toBinary({})
  return {
    [`${FOLDER}/search-kernel.generated.ts`]: constant(name, 'SEARCH_KERNEL', 'The module', buffer),
    [`${FOLDER}/search-tables.generated.ts`]: constant(
      'the patterns of messages',
      'SEARCH_TABLES',
      'The tables for the words that any pattern insists on',
      await tables(),
    ),
  }
}

async function tables() {
  const { searchTables, searchWords, patternFamilies } = await chooser()
  const words = searchWords(patternFamilies)
  const logs = await Promise.all(SAMPLES.map(readLog))
  const ordinary = logs.map((lines) =>
    lines.filter((line) => !words.some((word) => line.toLowerCase().includes(word))).slice(0, LINES),
  )
  return searchTables(words, ordinary.flat().map(asSyslogWritesIt).join('\n'))
}

/** Recorded logs have no syslog around their lines, as most others do; it names every month. */
function asSyslogWritesIt(line, index) {
  return `${MONTHS[index % MONTHS.length]} ${String(1 + (index % 31)).padStart(2)} 08:26:08 node-1 kubelet[2725]: ${line}`
}

async function readLog(recording) {
  const packed = await readFile(path.join(root, 'recordings', recording, 'kubelet.log.gz'))
  return (await promisify(gunzip)(packed)).toString('latin1').split('\n')
}

/** Bundles what chooses the tables, and imports it. */
async function chooser() {
  const folder = path.join(root, 'node_modules/.cache/kubepatrol')
  await mkdir(folder, { recursive: true })
  const outfile = path.join(folder, `search-${process.pid}.mjs`)
  const sources = ['search/search-tables.ts', 'search/search-words.ts', 'patterns/index.ts']
  await build({
    stdin: {
      contents: sources.map((source) => `export * from './src/core/explain/${source}'`).join('\n'),
      resolveDir: root,
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    logLevel: 'warning',
  })
  const loaded = await import(pathToFileURL(outfile).href)
  await rm(outfile)
  return loaded
}

function constant(source, name, what, bytes) {
  return [
    `// Generated from ${source} by scripts/generate.mjs; do not edit.`,
    `/** ${what}, as hexadecimal digits. */`,
    `export const ${name} = '${Buffer.from(bytes).toString('hex')}'`,
    '',
  ].join('\n')
}
