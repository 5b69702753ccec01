import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Incident } from '../../../core/incident/incident.ts'
import type { Language } from '../../../core/messages/language.ts'
import { message } from '../../../core/messages/message.ts'
import type { IncidentChange } from '../../../core/tell/incident-change.ts'
import { noticeOf } from '../../../core/tell/notice.ts'
import { columnsOf } from '../../../core/tell/wrap-text.ts'
import { terminalChannel, type Terminal } from './terminal-channel.ts'

const incident: Incident = {
  id: 'image-not-found-n1',
  severity: 'critical',
  state: 'open',
  openedAt: 0,
  updatedAt: 0,
  resolvedAt: null,
  cause: {
    id: 'image-not-found',
    message: message('cause.image-not-found', { pods: ['log/es-0'], images: ['app:1'], count: 1 }),
    certainty: 'stated',
    because: null,
  },
  chain: [],
  affected: { images: [], pods: [], volumes: [], nodes: ['n1'] },
  advice: [],
}
const opened: IncidentChange = {
  key: 'k',
  kind: 'opened',
  at: Date.UTC(2026, 10, 24, 8, 22, 26),
  incident,
  news: [incident.cause.message],
}

async function told(
  change: IncidentChange,
  terminal: Partial<Terminal> = {},
  language: Language = 'en',
): Promise<string> {
  let output = ''
  await terminalChannel({ write: (text) => (output += text), ...terminal }, language).tell(noticeOf(change))
  return output
}

beforeEach(() => void vi.stubEnv('NO_COLOR', undefined))
afterEach(() => void vi.unstubAllEnvs())

describe('the terminal channel', () => {
  it('says when, what, how bad, where and why', async () => {
    const [head, ...body] = (await told(opened)).split('\n')
    expect(head).toBe('08:22:26  OPENED  critical  n1  image-not-found')
    expect(body.join(' ')).toContain('app:1')
    expect(body.at(-1)).toBe('')
  })

  it('says that an incident is over', async () => {
    const text = await told({ ...opened, kind: 'resolved', news: [message('tell.over')] })
    expect(text).toBe('08:22:26  RESOLVED  critical  n1  image-not-found\n  This is over.\n')
  })

  it('needs no news to say that it grew worse', async () => {
    expect(await told({ ...opened, kind: 'changed', news: [] })).toBe(
      '08:22:26  CHANGED  critical  n1  image-not-found\n',
    )
  })

  it.each<[Language, number]>([
    ['en', 40],
    ['zh-CN', 40],
  ])('keeps to the width of the terminal: %s, %d columns', async (language, columns) => {
    const news = [message('cause.etcd-space', { pods: [], images: [], count: 1 }), incident.cause.message]
    const lines = (await told({ ...opened, news }, { columns }, language)).split('\n').slice(1)
    for (const line of lines) expect(columnsOf(line), line).toBeLessThanOrEqual(columns)
  })

  it('colours a terminal only, and none where NO_COLOR is set', async () => {
    expect(await told(opened)).not.toContain('\u001b')
    expect(await told(opened, { isTTY: true })).toContain('\u001b[31m')
    vi.stubEnv('NO_COLOR', '')
    expect(await told(opened, { isTTY: true })).toContain('\u001b[31m')
    vi.stubEnv('NO_COLOR', '1')
    expect(await told(opened, { isTTY: true })).not.toContain('\u001b')
  })

  it('lets no text from a cluster move the cursor or make up a line of its own', async () => {
    const nodes = ['n1\n08:22:27  RESOLVED', '\u001b[2J']
    const images = ['evil\u001b[31m\n08:22:28  RESOLVED \u202e']
    const cause = message('cause.image-not-found', { pods: [], images, count: 1 })
    const hostile = { ...incident, affected: { ...incident.affected, nodes } }
    const text = await told({ ...opened, incident: hostile, news: [cause] })
    expect(text).not.toMatch(/[\u001b\u202e]/)
    expect(text.split('\n').filter((line) => /^\d\d:/.test(line))).toHaveLength(1)
  })
})
