import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepAddress } from './address-file.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'kubepatrol-address-'))))
afterEach(() => rmSync(folder, { recursive: true }))

describe('a file with an address', () => {
  it('is for its owner only, and goes with the server', async () => {
    const file = path.join(folder, 'address')
    const take = await keepAddress(file, 'http://127.0.0.1:1/#token=t')
    expect(readFileSync(file, 'utf8')).toBe('http://127.0.0.1:1/#token=t\n')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    await take()
    expect(readdirSync(folder)).toEqual([])
  })

  it.each<[string, (file: string, other: string) => void]>([
    ['a file that everybody may read', (file) => writeFileSync(file, 'old', { mode: 0o644 })],
    ['a link', (file, other) => symlinkSync(other, file)],
  ])('takes the place of %s', async (_, put) => {
    const [file, other] = [path.join(folder, 'address'), path.join(folder, 'other')]
    writeFileSync(other, 'of somebody')
    put(file, other)
    await keepAddress(file, 'new')
    expect(readFileSync(file, 'utf8')).toBe('new\n')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(other, 'utf8')).toBe('of somebody')
  })

  it('that cannot be written is an error with its name', async () => {
    const file = path.join(folder, 'missing/address')
    await expect(keepAddress(file, 'x')).rejects.toThrow(`KP_ADDRESS_FILE: ${file}`)
  })
})
