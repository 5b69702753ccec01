import { Badge } from '@mantine/core'
import type { Severity } from '../../core/incident/severity.ts'
import { useSay } from '../data/language.tsx'

export const SEVERITY_COLOUR = { critical: 'red', warning: 'orange', info: 'blue' } as const

/** A severity in a word. */
export function SeverityBadge({ severity }: { severity: Severity }) {
  const say = useSay()
  return (
    <Badge size="sm" color={SEVERITY_COLOUR[severity]} variant="filled" className="kp-badge">
      {say(`tell.${severity}`)}
    </Badge>
  )
}
