import { z } from 'zod'
import { message } from '../../messages/message.ts'
import { shown } from '../../tell/shown-text.ts'
import { defineDetector } from '../detector.ts'

/** The kubelet's static pod directory does not exist: harmless on a worker, but an error line every second (semantics §8.2 #102). */
export const manifestsPathMissing = defineDetector({
  id: 'manifests-path-missing',
  reason: 'ManifestsPathMissing',
  severity: 'info',
  summary: 'The static pod directory does not exist: noise in the kubelet log, cured by creating it.',
  options: z.strictObject({}),

  detect({ facts }) {
    const paths = facts
      .filter(({ id }) => id === 'manifests-path-missing')
      .map(({ fields }) => fields['path'])
    return [...new Set(paths)]
      .filter((path) => typeof path === 'string')
      .map((path) => message('finding.manifests-path-missing', { path: shown(path, 300) }))
  },
})
