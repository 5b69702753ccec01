import { describe, expect, it } from 'vitest'
import { plainStyle } from '../../explain/present/text.ts'
import { columnsOf } from '../../tell/wrap-text.ts'
import { aReport } from '../report.contract.ts'
import { digestOf, trendOf } from '../trend.ts'
import { reportHtml } from './report-html.ts'
import { reportDocument } from './report-json.ts'
import { reportMarkdown } from './report-markdown.ts'
import { reportText } from './report-text.ts'
import { toldFindings } from './told-findings.ts'

const report = aReport()
const trend = trendOf(report, digestOf(aReport({ availableBytes: 500, findings: [] })))

describe('a report as text', () => {
  it.each(['en', 'zh-CN'] as const)('keeps within 80 columns and says what is wrong, in %s', (language) => {
    const text = reportText(report, language, plainStyle, 80)
    const tooWide = text.split('\n').filter((line) => columnsOf(line) > 80)
    expect(tooWide).toEqual([])
    expect(text).toContain('n1')
    expect(text).not.toContain('\u001b')
  })

  it('has a line a node, and says what comes next', () => {
    expect(reportText(report, 'en', plainStyle, 80)).toMatch(/n1 +90 % +100 B +.*nodefs\.available.*critical/)
  })

  it('says when nothing is wrong', () => {
    const fine = aReport({ incidents: [], findings: [] })
    expect(reportText(fine, 'en', plainStyle, 80)).toContain('Nothing is wrong.')
  })

  it('names twenty nodes at most', () => {
    const [node] = report.nodes
    const nodes = Array.from({ length: 500 }, (_, index) => ({ ...node!, name: `n${index}` }))
    const text = reportText({ ...report, nodes }, 'en', plainStyle, 80)
    expect(text).toContain('480 more nodes')
    expect(text.split('\n').length).toBeLessThan(80)
  })
})

describe('a finding about many objects', () => {
  const [finding] = report.findings
  const findings = Array.from({ length: 500 }, (_, index) => ({
    ...finding!,
    object: { kind: 'Node', name: `node-${index}` },
  }))
  const many = { ...report, findings: [...findings, { ...finding!, severity: 'info' as const }] }

  it('is told once, with the first of them', () => {
    const text = reportText(many, 'en', plainStyle, 80)
    expect(text.replace(/\s+/g, ' ')).toContain(
      'Node/node-0, Node/node-1, Node/node-2, Node/node-3 and 496 more',
    )
    expect(text.split('\n').filter((line) => columnsOf(line) > 80)).toEqual([])
    expect(text).not.toContain('node-499')
    expect(reportText(many, 'zh-CN', plainStyle, 80)).toContain('另有 496 个')
    expect(reportMarkdown(many, trend, 'en')).toContain('node-19 and 480 more')
    expect(reportHtml(many, trend, 'en')).toContain('node-19 and 480 more')
  })

  it('is two where they are not equally bad', () => {
    const told = toldFindings(many.findings, 'en')
    expect(told.map(({ severity, objects }) => [severity, objects.length])).toEqual([
      [finding!.severity, 500],
      ['info', 1],
    ])
  })
})

describe('a report as Markdown and HTML', () => {
  it('lets nothing of a cluster be markup, a mention or a script', () => {
    const html = reportHtml(report, trend, 'en')
    expect(html).not.toMatch(/<script|<img|\u001b/)
    expect(html).toContain('&lt;script&gt;')
    const markdown = reportMarkdown(report, trend, 'en')
    expect(markdown).not.toMatch(/(?<!\\)<script|@all|\u001b/)
  })

  it.each(['en', 'zh-CN'] as const)(
    'says what changed, what is wrong and what is fine, in %s',
    (language) => {
      for (const text of [reportHtml(report, trend, language), reportMarkdown(report, trend, language)]) {
        expect(text).toContain('disk-filled')
        expect(text).toContain(language === 'en' ? '1 finding is new' : '新增发现 1 项')
        expect(text).toContain(language === 'en' ? 'What is fine' : '正常项')
      }
      expect(reportMarkdown(report, undefined, language)).toContain(
        language === 'en' ? 'the first report' : '第一份报告',
      )
    },
  )

  it('draws a bar a disk, of numbers alone', () => {
    expect(reportHtml(report, trend, 'en').match(/<svg /g)).toHaveLength(1)
    const odd = aReport({ availableBytes: Number.NaN })
    expect(reportHtml(odd, trend, 'en')).toContain('<svg ')
  })
})

describe('a report as JSON', () => {
  it('has plain values and sentences', () => {
    const document = JSON.parse(JSON.stringify(reportDocument(report, 'en')))
    expect(document).toMatchObject({
      madeAt: '2026-01-01T12:02:00Z',
      lookedAt: { nodes: 1, pods: 5, claims: null },
      nodes: [
        { name: 'n1', worst: 'critical', disks: [{ next: { id: 'nodefs.available', marginBytes: 50 } }] },
      ],
      incidents: [{ id: report.incidents[0]?.id }],
      findings: [{ object: { kind: 'Pod', namespace: 'app', name: 'web|`x`' }, node: null }],
    })
  })
})
