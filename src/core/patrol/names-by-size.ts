import type { Fact } from '../explain/facts/fact.ts'
import type { ObservedImage } from '../observe/observation.ts'

/**
 * Names of removed images whose id the API does not tell: Node.status.images gives names and sizes, a
 * removal gives id and size, and a size that only one image has tells which it was.
 */
export function namesBySize(
  facts: readonly Fact[],
  images: readonly ObservedImage[],
  known: Readonly<Record<string, readonly string[]>>,
): Record<string, readonly string[]> {
  const names: Record<string, readonly string[]> = {}
  for (const { id, fields } of facts) {
    const { imageId, sizeBytes } = fields
    if (id !== 'image-gc-removed-image' || typeof imageId !== 'string' || known[imageId]) continue
    const [match, ...others] = images.filter(
      ({ reportedBytes }) => reportedBytes !== undefined && reportedBytes === sizeBytes,
    )
    if (match && others.length === 0 && match.names.length > 0) names[imageId] = match.names
  }
  return names
}
