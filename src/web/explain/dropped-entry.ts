import type { DroppedEntry } from './dropped-files.ts'

/** What was dropped; to be asked while the event is handled, since it is gone afterwards. */
export function entriesOf({ items }: DataTransfer): DroppedEntry[] {
  return [...items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null
    const file = item.kind === 'file' ? item.getAsFile() : null
    if (entry) return [entryOf(entry)]
    // What is no file of a filesystem, as an attachment of a mail.
    return file ? [{ isFile: true, name: file.name, file: async () => file, entries: async () => [] }] : []
  })
}

function entryOf(entry: FileSystemEntry): DroppedEntry {
  return {
    isFile: entry.isFile,
    name: entry.name,
    file: () => new Promise<Blob>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
    entries: () => entriesIn(entry as FileSystemDirectoryEntry),
  }
}

/** A reader gives some entries at a time, and none at the end. */
async function entriesIn(folder: FileSystemDirectoryEntry): Promise<DroppedEntry[]> {
  const reader = folder.createReader()
  const all: DroppedEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return all
    all.push(...some.map(entryOf))
  }
}
