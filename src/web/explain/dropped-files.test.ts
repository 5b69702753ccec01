import { describe, expect, it } from 'vitest'
import { chosenFiles, droppedFiles, type DroppedEntry } from './dropped-files.ts'

const blob = new Blob(['x'])
const file = (name: string): DroppedEntry => ({
  isFile: true,
  name,
  file: async () => blob,
  entries: async () => [],
})
const folder = (name: string, ...entries: DroppedEntry[]): DroppedEntry => ({
  isFile: false,
  name,
  file: () => Promise.reject(new Error('a folder')),
  entries: async () => entries,
})
const paths = (files: readonly { path: string }[]) => files.map(({ path }) => path).toSorted()

describe('what is dropped', () => {
  it('is every file, whatever it is called, and the logs of folders and of those below', async () => {
    const dropped = await droppedFiles([
      file('notes.md'),
      folder('node', file('messages'), file('notes.md'), folder('below', file('kubelet.log.1'))),
    ])
    expect(paths(dropped)).toEqual(['node/below/kubelet.log.1', 'node/messages', 'notes.md'])
  })

  it('is a folder without a log, which is said where it would be read', async () => {
    expect(await droppedFiles([folder('bare', file('notes.md'))])).toEqual([{ path: 'bare', file: null }])
  })

  it('is not looked for below any depth, nor in a folder that cannot be listed', async () => {
    let deep = folder('deep', file('a.log'))
    for (let depth = 0; depth < 40; depth++) deep = folder(`${depth}`, deep)
    const closed = { ...folder('closed'), entries: () => Promise.reject(new Error('no')) }
    expect((await droppedFiles([deep, closed])).map(({ file: found }) => found)).toEqual([null, null])
  })

  it('keeps the reason why a file cannot be had', async () => {
    const gone = { ...file('gone.log'), file: () => Promise.reject(new RangeError('gone')) }
    expect(await droppedFiles([gone])).toEqual([{ path: 'gone.log', file: null, reason: 'RangeError' }])
  })
})

describe('what is chosen', () => {
  const chosen = (name: string, webkitRelativePath = '') => ({ name, webkitRelativePath })

  it('is every file, or the logs of a folder under its name', () => {
    expect(paths(chosenFiles([chosen('notes.md'), chosen('a.log')]))).toEqual(['a.log', 'notes.md'])
    expect(paths(chosenFiles([chosen('notes.md', 'n/notes.md'), chosen('a.log', 'n/b/a.log')]))).toEqual([
      'n/b/a.log',
    ])
    expect(chosenFiles([chosen('notes.md', 'n/notes.md')])).toEqual([{ path: 'n', file: null }])
    expect(chosenFiles([])).toEqual([])
  })
})
