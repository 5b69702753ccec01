import { readdir, rename } from 'node:fs/promises'
import path from 'node:path'

/** Makes room for `file.1`, as logrotate does: every rotated log gets the next number. */
export async function shiftRotated(file: string): Promise<void> {
  const folder = path.dirname(file)
  const own = path.basename(file)
  const rotated = (await readdir(folder)).flatMap((name) => {
    const [, number, packed = ''] = /\.(\d+)(\.gz)?$/.exec(name) ?? []
    return name.startsWith(`${own}.`) && number !== undefined
      ? [{ name, number: Number(number), packed }]
      : []
  })
  for (const { name, number, packed } of rotated.toSorted((a, b) => b.number - a.number)) {
    await rename(path.join(folder, name), `${file}.${number + 1}${packed}`)
  }
}
