/** An image id with a name it is known under. */
export interface ImageName {
  id: string
  names: readonly string[]
}

/** Learns names of images from a runtime's log. */
export interface ImageNameReader {
  /** What a record with this message adds. */
  read(record: { message: string }): ImageName[]
}

/** What containerd writes of an image that comes or goes. */
export const IMAGE_EVENT = /^Image(?<kind>Create|Delete) event &Image(?:Create|Delete)\{Name:(?<name>[^,]+),/

/** Whether a message says that an image comes or goes. */
export function isImageEvent(message: string): boolean {
  return message.startsWith('Image') && IMAGE_EVENT.test(message)
}

/**
 * Reads containerd's log: importing or pulling an image creates it under its name and, right after,
 * under its id (`sha256:…`); removing it deletes both, likewise.
 */
export function imageNameReader(): ImageNameReader {
  const before = new Map<string, string>()
  return {
    read({ message }) {
      const { kind, name } = IMAGE_EVENT.exec(message)?.groups ?? {}
      if (kind === undefined || name === undefined) return []
      if (!name.startsWith('sha256:')) {
        before.set(kind, name)
        return []
      }
      const named = before.get(kind)
      before.delete(kind)
      return named === undefined ? [] : [{ id: name, names: [named] }]
    },
  }
}
