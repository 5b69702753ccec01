import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { exportName, memberIds, REGISTRIES } from '../../scripts/registry-indexes.mjs'
import { API_ERROR_CODES, ERROR_CODES } from '../../src/core/errors/codes.ts'
import { catalogue } from '../../src/core/messages/catalogue.ts'

const DOCS: Readonly<Record<string, string>> = {
  'src/core/detect/detectors': 'docs/detectors.md',
  'src/core/detect/cluster-detectors': 'docs/detectors.md',
  'src/core/explain/patterns': 'docs/log-patterns.md',
  'src/adapters/tell/channels': 'docs/channels.md',
}

/** What a registry's members lack: an entry in its index, a test beside them, an id like their name, a row in the docs. */
async function gaps(folder: string, docs: string): Promise<string[]> {
  const index = await readFile(path.join(folder, 'index.ts'), 'utf8')
  const rows = await readFile(docs, 'utf8')
  const files = await readdir(folder)
  const missing: string[] = []
  for (const id of await memberIds(folder)) {
    const source = await readFile(path.join(folder, `${id}.ts`), 'utf8')
    const entries = index.split(`from './${id}.ts'`).length - 1
    if (entries !== 1 || !new RegExp(`= \\[[^\\]]*\\b${exportName(id)}\\b`, 's').test(index))
      missing.push(`${id}: registry entry`)
    if (!files.includes(`${id}.test.ts`)) missing.push(`${id}: test`)
    if (!source.includes(`id: '${id}'`)) missing.push(`${id}: id`)
    if (!rows.includes(`\`${id}\``)) missing.push(`${id}: doc row`)
  }
  return missing
}

describe.each(REGISTRIES)('registry $folder', ({ folder }) => {
  const docs = DOCS[folder] ?? ''

  it('is complete', async () => {
    expect((await memberIds(folder)).length).toBeGreaterThan(0)
    expect(await gaps(folder, docs)).toEqual([])
  })

  it('is found incomplete when a file has neither entry, test, id nor row', async () => {
    const copy = await mkdtemp(path.join(tmpdir(), 'kubepatrol-registry-'))
    await cp(folder, copy, { recursive: true })
    await writeFile(path.join(copy, 'planted-member.ts'), 'export const plantedMember = {}\n')
    expect(await gaps(copy, docs)).toEqual([
      'planted-member: registry entry',
      'planted-member: test',
      'planted-member: id',
      'planted-member: doc row',
    ])
    await rm(copy, { recursive: true })
  })
})

describe('coded errors', () => {
  const codes = [...Object.keys(ERROR_CODES), ...Object.keys(API_ERROR_CODES)]

  it('have a sentence in both languages and a row in the docs, and the docs have no other', async () => {
    const rows = await readFile('docs/errors.md', 'utf8')
    expect([...new Set(rows.match(/KP_[A-Z_]+/g))].toSorted()).toEqual(codes.toSorted())
    const params = {
      problem: 'It is broken.',
      problems: [{ field: 'a', problem: 'is broken' }],
      path: '/x',
      reason: 'EACCES',
      directory: '/x',
      missing: 'a',
      lines: 1,
      port: 1,
    }
    for (const code of codes) {
      const texts = catalogue[code as 'KP_BUSY']
      expect.soft(texts.en(params as never), code).toMatch(/[.!]$/)
      expect.soft(texts['zh-CN'](params as never), code).toMatch(/\p{Script=Han}/u)
    }
  })
})
