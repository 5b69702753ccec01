import { ApiRefusal } from '../../store/api-refusal.ts'
import { jsonPatch } from './json-patch.ts'
import { mergePatch } from './merge-patch.ts'
import { strategicMerge } from './strategic-merge.ts'

const TYPES: Partial<Record<string, (target: unknown, patch: unknown) => unknown>> = {
  'application/json-patch+json': jsonPatch,
  'application/merge-patch+json': mergePatch,
  'application/strategic-merge-patch+json': strategicMerge,
}

/** An object after a patch of this content type. @throws {ApiRefusal} UnsupportedMediaType: server-side apply is none of them */
export function patched(contentType: string, isCustom: boolean, target: unknown, patch: unknown): unknown {
  const [type = ''] = contentType.split(';')
  const offered = Object.keys(TYPES).filter((one) => !isCustom || !one.includes('strategic'))
  const apply = offered.includes(type.trim()) ? TYPES[type.trim()] : undefined
  if (apply === undefined) {
    const isApply = type.includes('apply-patch')
    // Of its own kinds Kubernetes says no more, of custom ones what it takes.
    if (!isCustom && !isApply) {
      throw new ApiRefusal('UnsupportedMediaType', '415: Unsupported Media Type', {})
    }
    const message = `the body of the request was in an unknown format - accepted media types include: ${(isApply ? offered : [...offered, 'application/apply-patch+yaml']).join(', ')}`
    throw new ApiRefusal('UnsupportedMediaType', message)
  }
  return apply(target, patch)
}
