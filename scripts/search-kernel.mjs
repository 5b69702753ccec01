import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { root } from './root.mjs'

const FOLDER = 'src/core/explain/search'

/** The WebAssembly module of core's search as a module that can be imported, assembled from its text. */
export async function searchKernel() {
  const { default: load } = await import('wabt')
  const wabt = await load()
  const name = 'search-kernel.wat'
  const module = wabt.parseWat(name, await readFile(path.join(root, FOLDER, name)), { simd: true })
  module.validate()
  const { buffer } = module.toBinary({})
  return {
    [`${FOLDER}/search-kernel.generated.ts`]: [
      `// Generated from ${name} by scripts/generate.mjs; do not edit.`,
      '/** The module, as hexadecimal digits. */',
      `export const SEARCH_KERNEL = '${Buffer.from(buffer).toString('hex')}'`,
      '',
    ].join('\n'),
  }
}
