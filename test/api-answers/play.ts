import { comparing } from './comparable.ts'
import type { Answer, Exchange, Story } from './exchange.ts'
import { partAt } from './parts.ts'

/** Asks a server. */
export type Ask = (request: {
  method: string
  path: string
  headers: Readonly<Record<string, string>>
  body: string | undefined
}) => Promise<{ status: number; contentType: string; text: string }>

/** So often, and with so much time between, until controllers have done their part. */
const PATIENCE = { times: 100, milliseconds: 200 }

/** What a server answers to a story, comparable with what another does. @throws {Error} when its controllers do not do their part */
export async function play(story: Story, ask: Ask): Promise<Answer[]> {
  const kept = new Map<string, string>()
  const comparable = comparing(story)
  const answers: Answer[] = []
  for (const exchange of story.exchanges) {
    const answer = await untilAnswered(exchange, kept, ask)
    for (const [word, path] of Object.entries(exchange.keep ?? {})) {
      const part = partAt(answer.body, path)
      kept.set(word, typeof part === 'string' ? part : '')
    }
    answers.push(comparable(exchange, answer))
  }
  return answers
}

async function untilAnswered(
  exchange: Exchange,
  kept: ReadonlyMap<string, string>,
  ask: Ask,
): Promise<Answer> {
  const { until, what } = exchange
  for (let tries = 0; ; tries++) {
    const answer = await answered(exchange, kept, ask)
    if (until === undefined || partAt(answer.body, until[0]) === until[1]) return answer
    if (tries >= PATIENCE.times) {
      throw new Error(`${what}: ${until[0]} does not become ${String(until[1])}: ${JSON.stringify(answer)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, PATIENCE.milliseconds))
  }
}

async function answered(exchange: Exchange, kept: ReadonlyMap<string, string>, ask: Ask): Promise<Answer> {
  const filled = (text: string) =>
    text.replace(/\{(\w+)\}/g, (whole, word: string) => kept.get(word) ?? whole)
  const [method = '', path = ''] = filled(exchange.ask).split(' ')
  const { body } = exchange
  const sent = body === undefined || typeof body === 'string' ? body : filled(JSON.stringify(body))
  const headers = {
    accept: 'application/json',
    ...(sent !== undefined && { 'content-type': 'application/json' }),
    ...exchange.headers,
  }
  const { status, contentType, text } = await ask({ method, path, headers, body: sent })
  return { what: exchange.what, ask: exchange.ask, status, contentType, body: read(contentType, text) }
}

function read(contentType: string, text: string): unknown {
  if (!contentType.startsWith('application/json')) return text
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const isWatch = lines.every((line) => /^\{"type":"[A-Z]+",/.test(line))
  return isWatch ? lines.map((line) => JSON.parse(line) as unknown) : JSON.parse(text)
}
