// Writes what can be derived: registry indexes and tables of the docs. With --check it only says what is stale.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { build, install, requireNode } from './installed.mjs'
import { registryIndexes } from './registry-indexes.mjs'
import { root } from './root.mjs'
import { searchKernel } from './search-kernel.mjs'

requireNode()
install()
const { format, resolveConfig } = await import('prettier')
const { documents } = await import('./generated-documents.mjs')

const isCheck = process.argv.includes('--check')
const stale = []
// The indexes and the kernel come first: the program is built from them, and the documents are made from both.
for (const make of [registryIndexes, searchKernel, documents]) {
  if (make === documents) build()
  for (const [file, content] of Object.entries(await make())) {
    const location = path.join(root, file)
    const options = await resolveConfig(location)
    const wanted = await format(content, { ...options, filepath: location })
    const found = await readFile(location, 'utf8').catch(() => '')
    if (found === wanted) continue
    stale.push(file)
    if (isCheck) continue
    await mkdir(path.dirname(location), { recursive: true })
    await writeFile(location, wanted)
  }
}
for (const file of stale) console.log(isCheck ? `${file} is stale: run "npm run generate".` : `wrote ${file}`)
if (isCheck && stale.length > 0) process.exitCode = 1
