import { describe, expect, it } from 'vitest'
import { incidentDocument } from '../../incident/incident-document.ts'
import type { Incident } from '../../incident/incident.ts'
import { message } from '../../messages/message.ts'
import type { Explanation } from '../explanation.ts'
import { explanationHtml } from './html.ts'
import { timelineSvg } from './timeline-svg.ts'
import { explanationJson } from './json.ts'
import { escapeMarkdown, explanationMarkdown } from './markdown.ts'
import { explanationText, plainStyle } from './text.ts'

const HOSTILE = 'evil\u001b[31m`x` | <script>@all</script> \u202e'
const incident: Incident = {
  id: 'x',
  severity: 'critical',
  state: 'open',
  openedAt: null,
  updatedAt: null,
  resolvedAt: null,
  cause: {
    id: 'image-not-found',
    message: message('cause.image-not-found', { pods: [], images: [HOSTILE], count: 1 }),
    certainty: 'stated',
    because: null,
  },
  chain: [],
  affected: { images: [HOSTILE], pods: ['log/es-0'], volumes: [], nodes: [] },
  advice: [message('advice.defragment-etcd')],
}
const explanation: Explanation = {
  facts: [],
  nodeDisk: 'not-stated',
  incidents: [incident],
  files: [
    { path: 'a.log', nodeDisk: 'not-stated', lines: 7, error: message('KP_INPUT_BINARY', { path: 'a.log' }) },
  ],
}

describe('the forms of an explanation', () => {
  it('text says what, how sure, whom and what to do', () => {
    const text = explanationText(explanation, 'en', plainStyle)
    expect(text).toContain('One incident in 7 lines.')
    expect(text).toContain('CRITICAL  open  image-not-found  stated')
    expect(text).toContain('pods: log/es-0')
    expect(text).toContain('1. Compact and defragment etcd')
  })

  it('text obeys no escape sequence of a log', () => {
    // eslint-disable-next-line no-control-regex
    expect(explanationText(explanation, 'en', plainStyle)).not.toMatch(/[\u001b\u202e]/)
  })

  it('text says so when nothing is wrong, in Chinese too', () => {
    const fine = { ...explanation, incidents: [] }
    expect(explanationText(fine, 'en', plainStyle)).toContain('Nothing is wrong')
    expect(explanationText(fine, 'zh-CN', plainStyle)).toContain('没有磁盘方面的问题')
  })

  it('Markdown shows hostile text as it is, and mentions nobody', () => {
    const markdown = explanationMarkdown(explanation, 'en')
    expect(markdown).toContain('\\<script\\>')
    expect(markdown).not.toContain('@all')
    expect(escapeMarkdown('a | b\nc `d | e` *f*')).toBe('a \\| b c `d | e` \\*f\\*')
  })

  it('HTML shows hostile text as it is, and loads and runs nothing', () => {
    const html = explanationHtml(explanation, 'en')
    expect(html).toContain('&lt;script&gt;@all&lt;/script&gt;')
    expect(html).toContain("default-src 'none'")
    expect(html).not.toMatch(/<script|<img|\ssrc=|\shref=|\son\w+=|\u001b|\u202e/)
    expect(html).toContain('no text')
  })

  it('HTML draws what followed as a picture', () => {
    const link = (id: 'pod-evicted' | 'disk-pressure-cleared', at: number) => ({
      id,
      at,
      atText: null,
      message: message('advice.defragment-etcd'),
      because: null,
      rule: null,
      certainty: 'stated' as const,
      facts: [],
    })
    const chain = [link('pod-evicted', 1e12), link('disk-pressure-cleared', 1e12 + 60_000)]
    const svg = timelineSvg(chain, '"><script>')
    expect(svg).toContain('aria-label="&quot;&gt;&lt;script&gt;"')
    expect(svg.match(/<circle class="(?:bad|good)"/g)).toEqual([
      '<circle class="bad"',
      '<circle class="good"',
    ])
    expect(timelineSvg([], 'x')).toBe('')
    expect(explanationHtml({ ...explanation, incidents: [{ ...incident, chain }] }, 'zh-CN')).toContain(
      '<svg',
    )
  })

  it('JSON keeps to the contract', () => {
    const document: unknown = JSON.parse([...explanationJson(explanation, 'en')].join(''))
    expect(Object.keys(Object(document))).toEqual(['facts', 'nodeDisk', 'incidents', 'files'])
    expect(document).toMatchObject({
      incidents: [incidentDocument(incident, 'en')],
      files: [{ error: expect.stringContaining('no text') as string }],
    })
  })
})
