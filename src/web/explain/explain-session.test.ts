import { describe, expect, it } from 'vitest'
import { ExplainSession, type ExplainWorker } from './explain-session.ts'
import type { ExplanationView } from './explanation-view.ts'
import type { Answer, Order } from './protocol.ts'

type OnMessage = (event: { data: Answer }) => void
type OnError = (event: { message?: string }) => void

/** A worker that answers when it is told to. */
class FakeWorker implements ExplainWorker {
  readonly orders: Order[] = []
  isTerminated = false
  #onMessage: OnMessage = () => {}
  #onError: OnError = () => {}

  postMessage(order: Order): void {
    this.orders.push(order)
  }

  addEventListener(type: 'message' | 'error', listener: (event: never) => void): void {
    if (type === 'message') this.#onMessage = listener as OnMessage
    else this.#onError = listener as OnError
  }

  terminate(): void {
    this.isTerminated = true
  }

  answer(data: Answer): void {
    this.#onMessage({ data })
  }

  breakDown(message: string): void {
    this.#onError({ message })
  }
}

const files = [{ path: 'a.log', file: new Blob(['x']) }]
const view = { headline: 'Nothing is wrong' } as ExplanationView
const pace = { megabytes: 1, perSecond: 1, percent: 10, secondsLeft: 9 }

function begun() {
  const workers: FakeWorker[] = []
  const saved: string[] = []
  const session = new ExplainSession(
    () => {
      const worker = new FakeWorker()
      workers.push(worker)
      return worker
    },
    (form) => saved.push(form),
  )
  const worker = (index: number) => workers[index] ?? new FakeWorker()
  return { session, workers, worker, saved }
}

describe('ExplainSession', () => {
  it('has files explained, tells how far it is, and shows what is asked for', () => {
    const { session, worker } = begun()
    let changes = 0
    const stop = session.subscribe(() => changes++)
    session.look({ language: 'zh-CN' })
    session.explain(files, 2020)
    expect(worker(0).orders).toEqual([{ kind: 'explain', files, year: 2020 }])
    worker(0).answer({ kind: 'pace', path: 'a.log', pace })
    expect(session.state()).toMatchObject({ phase: 'reading', count: 1, pace })
    worker(0).answer({ kind: 'explained' })
    expect(worker(0).orders.at(-1)).toEqual({
      kind: 'view',
      asked: { language: 'zh-CN', node: null, page: 0 },
    })
    worker(0).answer({ kind: 'view', view })
    expect(session.state()).toEqual({ phase: 'explained', view })
    session.look({ node: 'n1', page: 3 })
    expect(worker(0).orders.at(-1)).toEqual({
      kind: 'view',
      asked: { language: 'zh-CN', node: 'n1', page: 3 },
    })
    expect(session.state()).toEqual({ phase: 'explained', view })
    expect(changes).toBe(4)
    stop()
  })

  it('explains the same again with the same worker, all nodes at first', () => {
    const { session, workers, worker } = begun()
    session.explain(files, undefined)
    worker(0).answer({ kind: 'explained' })
    session.look({ node: 'n1' })
    session.explainAgain(2021)
    expect(worker(0).orders.at(-1)).toEqual({ kind: 'explain', files, year: 2021 })
    worker(0).answer({ kind: 'explained' })
    expect(worker(0).orders.at(-1)).toMatchObject({ asked: { node: null } })
    expect(workers).toHaveLength(1)
  })

  it('ends a reading at once, and hears nothing more of it', () => {
    const { session, workers, worker } = begun()
    session.explain(files, undefined)
    session.cancel()
    expect(worker(0).isTerminated).toBe(true)
    worker(0).answer({ kind: 'explained' })
    worker(0).breakDown('late')
    expect(session.state()).toEqual({ phase: 'idle', wasCancelled: true })
    expect(workers).toHaveLength(2)
    session.explain(files, undefined)
    session.explain(files, undefined)
    expect(worker(1).isTerminated).toBe(true)
    expect(worker(2).orders).toHaveLength(1)
  })

  it('says so when the worker breaks, and starts another one for what comes next', () => {
    const { session, worker } = begun()
    session.explain(files, undefined)
    worker(0).breakDown('out of memory')
    expect(session.state()).toEqual({ phase: 'failed', problem: 'out of memory' })
    session.explain(files, undefined)
    worker(1).answer({ kind: 'failed', problem: 'a bug' })
    expect(session.state()).toEqual({ phase: 'failed', problem: 'a bug' })
  })

  it('says nothing of a worker that could not be started ahead', () => {
    const { session, worker } = begun()
    session.warmUp()
    worker(0).breakDown('no server')
    expect(session.state()).toEqual({ phase: 'idle', wasCancelled: false })
  })

  it('saves what is written', () => {
    const { session, worker, saved } = begun()
    session.explain(files, undefined)
    session.explain([], undefined)
    worker(0).answer({ kind: 'explained' })
    session.write('html', 'en')
    expect(worker(0).orders.at(-1)).toEqual({ kind: 'write', form: 'html', language: 'en' })
    worker(0).answer({ kind: 'written', form: 'html', document: new Blob() })
    expect(saved).toEqual(['html'])
  })
})
