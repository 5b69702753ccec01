// Explains logs beside the page; started by ExplainSession. It asks the network for nothing.
import './without-eval.ts'
import { explainLogs } from '../../core/explain/explain-logs.ts'
import type { Explanation } from '../../core/explain/explanation.ts'
import type { ReadBytes } from '../../core/explain/input/log-source.ts'
import { explanationAs } from '../../core/explain/present/forms.ts'
import { paceOf } from '../../core/explain/reading-pace.ts'
import { browserReading, droppedSource } from './browser-reading.ts'
import { explanationView } from './explanation-view.ts'
import type { Answer, DroppedFile, Order } from './protocol.ts'

const PACE_EVERY_MS = 100

const platform = browserReading()
let explanation: Explanation | undefined

addEventListener('message', ({ data }: MessageEvent<Order>) => {
  obey(data).catch((cause: unknown) => answer({ kind: 'failed', problem: String(cause) }))
})

async function obey(order: Order): Promise<void> {
  if (order.kind === 'explain') {
    explanation = await explain(order.files, order.year)
    answer({ kind: 'explained' })
  } else if (explanation && order.kind === 'view') {
    answer({ kind: 'view', view: explanationView(explanation, order.asked) })
  } else if (explanation && order.kind === 'write') {
    const { form, language } = order
    answer({ kind: 'written', form, document: new Blob([...explanationAs(form, explanation, language)]) })
  }
}

function explain(files: readonly DroppedFile[], year: number | undefined): Promise<Explanation> {
  return explainLogs(files.map(droppedSource), {
    platform,
    ...(year === undefined ? {} : { year }),
    onProgress: paceTeller(files),
  })
}

/** Tells how far the reading of all files is, not more often than anybody can read it. */
function paceTeller(files: readonly DroppedFile[]) {
  const begunAt = performance.now()
  const total = files.reduce((sum, { file }) => sum + (file?.size ?? 0), 0)
  let toldAt = 0
  let current: ReadBytes | undefined
  let readBefore = 0
  return (path: string, bytes: ReadBytes) => {
    if (current !== bytes) {
      readBefore += current?.total ?? 0
      current = bytes
    }
    const now = performance.now()
    if (now < toldAt + PACE_EVERY_MS) return
    toldAt = now
    answer({ kind: 'pace', path, pace: paceOf(readBefore + bytes.read, total, now - begunAt) })
  }
}

function answer(told: Answer): void {
  postMessage(told)
}
