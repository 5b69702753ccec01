import { clusterDetectors } from '../../detect/cluster-detectors/index.ts'
import { detectors } from '../../detect/detectors/index.ts'
import type { Language } from '../../messages/language.ts'
import { message, say } from '../../messages/message.ts'
import type { PatrolReport } from '../patrol-report.ts'

/** What is fine: how many nodes need nothing done, and how many checks found nothing. */
export function fineWords({ nodes, findings }: PatrolReport, language: Language): string[] {
  const checks = [...detectors, ...clusterDetectors]
  const found = new Set(findings.map(({ id }) => id))
  const isFine = ({ worst, isSeen }: PatrolReport['nodes'][number]) =>
    isSeen && (worst === null || worst === 'info')
  return [
    message('report.fine-nodes', { fine: nodes.filter(isFine).length, all: nodes.length }),
    message('report.fine-checks', {
      fine: checks.filter(({ id }) => !found.has(id)).length,
      all: checks.length,
    }),
  ].map((sentence) => say(sentence, language))
}
