import { Text } from '@mantine/core'
import type { Timeline } from '../../core/explain/present/timeline.ts'
import { useSay } from '../data/language.tsx'

const percent = (share: number) => `${(share * 100).toFixed(2)}%`

/** A timeline as the HTML report draws it, as wide as there is room. What it shows is told in words below it. */
export function TimelinePicture({ timeline: { begin, end, rows } }: { timeline: Timeline }) {
  const say = useSay()
  return (
    <figure
      className="kp-timeline"
      role="img"
      aria-label={`${say('explain.page.timeline')}: ${begin} – ${end}`}
    >
      <div className="kp-timeline-ends" aria-hidden>
        <Text span size="xs" c="dimmed">
          {begin}
        </Text>
        <Text span size="xs" c="dimmed">
          {end}
        </Text>
      </div>
      {rows.map(({ label, at, from, to, isWarning }, index) => (
        <div
          key={`${label} ${index}`}
          className="kp-timeline-row"
          data-kind={isWarning ? 'bad' : 'good'}
          title={`${label}: ${at}`}
        >
          <Text span size="xs" ff="monospace">
            {label}
          </Text>
          <span className="kp-track">
            <span style={{ insetInlineStart: percent(from), inlineSize: percent(to - from) }} />
            <i style={{ insetInlineStart: percent(from) }} />
          </span>
        </div>
      ))}
    </figure>
  )
}
