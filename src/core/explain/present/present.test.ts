import { describe, expect, it } from 'vitest'
import type { Incident } from '../../incident/incident.ts'
import { message } from '../../messages/message.ts'
import type { Explanation } from '../explanation.ts'
import { explanationDocument } from './json.ts'
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

  it('JSON keeps to the contract', () => {
    const document = explanationDocument(explanation, 'en')
    expect(Object.keys(document)).toEqual(['facts', 'nodeDisk', 'incidents', 'files'])
    expect(document.files[0]?.error).toContain('no text')
    expect(document.incidents[0]?.affected.images).toEqual([HOSTILE])
  })
})
