import { stat } from 'node:fs/promises'

/** Makes sure that a file is one that ends, and is no bigger than so much. @throws what `stat` throws, or why not */
export async function statRegularFile(path: string, mostBytes: number): Promise<void> {
  const { size, isFile } = await stat(path).then((found) => ({ size: found.size, isFile: found.isFile() }))
  if (!isFile) throw new Error('it is no regular file')
  if (size > mostBytes) throw new Error(`it is bigger than ${mostBytes} bytes`)
}
