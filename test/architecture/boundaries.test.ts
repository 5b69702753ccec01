import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { cruise, type IReporterOutput, type ICruiseResult } from 'dependency-cruiser'
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = path.resolve('.')
let planted = ''

/** A copy of the rules beside a small tree that breaks them. */
beforeAll(async () => {
  await mkdir('node_modules/.cache', { recursive: true })
  planted = await mkdtemp(path.join(root, 'node_modules/.cache/planted-'))
  const put = async (file: string, content: string) => {
    await mkdir(path.dirname(path.join(planted, file)), { recursive: true })
    await writeFile(path.join(planted, file), content)
  }
  await cp('.dependency-cruiser.cjs', path.join(planted, '.dependency-cruiser.cjs'))
  await cp('tsconfig.base.json', path.join(planted, 'tsconfig.base.json'))
  await cp('tsconfig.json', path.join(planted, 'tsconfig.json'))
  await cp('src/core/tsconfig.json', path.join(planted, 'src/core/tsconfig.json'), { recursive: true })
  await symlink(path.join(root, 'node_modules'), path.join(planted, 'node_modules'))
  await put('package.json', '{"name":"planted","type":"module"}')
  await put(
    'src/core/units/bytes.ts',
    "import { readFileSync } from 'node:fs'\nimport { tell } from '../tell/tell.ts'\nexport const bytes = () => [readFileSync, tell]\n",
  )
  await put('src/core/tell/tell.ts', 'export const tell = () => process.exit(1)\n')
  await put('src/core/detect/detectors/one.ts', "import { two } from './two.ts'\nexport const one = two\n")
  await put(
    'src/core/detect/detectors/two.ts',
    "import { one } from './one.ts'\nexport const two = () => one\n",
  )
  await put('src/adapters/tell/a/a.ts', "import { b } from '../b/b.ts'\nexport const a = b\n")
  await put('src/adapters/tell/b/b.ts', 'export const b = 1\n')
  await put('src/http/server.ts', "import { a } from '../adapters/tell/a/a.ts'\nexport const server = a\n")
})
afterAll(() => rm(planted, { recursive: true }))

async function violations(folder: string): Promise<{ broken: string[]; modules: number }> {
  const { default: rules } = (await import(path.join(folder, '.dependency-cruiser.cjs'))) as {
    default: Record<string, unknown>
  }
  const before = process.cwd()
  process.chdir(folder)
  try {
    const options = { ...(rules['options'] as object), ruleSet: rules, validate: true }
    const result: IReporterOutput = await cruise(['src'], options, undefined, {
      tsConfig: extractTsConfig('tsconfig.json'),
    })
    const { summary, modules } = result.output as ICruiseResult
    return { broken: [...new Set(summary.violations.map(({ rule }) => rule.name))], modules: modules.length }
  } finally {
    process.chdir(before)
  }
}

describe('the dependency rules', () => {
  it('hold, and have read the code', async () => {
    const { broken, modules } = await violations(root)
    expect(broken).toEqual([])
    expect(modules).toBeGreaterThan(150)
  }, 60_000)

  it('fail on a planted violation', async () => {
    const { broken } = await violations(planted)
    expect(broken).toEqual(
      expect.arrayContaining([
        'core-is-pure',
        'core-units-kubernetes-knows-only-what-is-below',
        'no-circles',
        'one-member-never-knows-another',
        'adapters-know-only-core',
        'http-knows-only-core',
      ]),
    )
  }, 60_000)
})

describe('the types of core', () => {
  it('know no platform', () => {
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc')
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', path.join(planted, 'src/core')], {
      encoding: 'utf8',
    })
    expect(status).not.toBe(0)
    expect(stdout).toContain("Cannot find name 'process'")
  }, 60_000)
})
