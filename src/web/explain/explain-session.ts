import type { ExplanationForm } from '../../core/explain/present/forms.ts'
import type { ReadingPace } from '../../core/explain/reading-pace.ts'
import type { Language } from '../../core/messages/language.ts'
import type { ExplanationView, ViewAsked } from './explanation-view.ts'
import type { Answer, DroppedFile, Order } from './protocol.ts'

/** What a session uses of a worker. */
export interface ExplainWorker {
  postMessage(order: Order): void
  addEventListener(type: 'message', listener: (event: { data: Answer }) => void): void
  addEventListener(type: 'error', listener: (event: { message?: string }) => void): void
  terminate(): void
}

/** How far a session is. */
export type ExplainState =
  | { phase: 'idle'; wasCancelled: boolean }
  | { phase: 'reading'; count: number; path: string; pace: ReadingPace | undefined }
  | { phase: 'explained'; view: ExplanationView | undefined }
  | { phase: 'failed'; problem: string }

/** Has logs explained by a worker, and keeps what it answers for as long as the page is open. */
export class ExplainSession {
  readonly #start: () => ExplainWorker
  readonly #save: (form: ExplanationForm, document: Blob) => void
  readonly #listeners = new Set<() => void>()
  #worker: ExplainWorker | undefined
  #state: ExplainState = { phase: 'idle', wasCancelled: false }
  #asked: ViewAsked = { language: 'en', node: null, page: 0 }
  #files: readonly DroppedFile[] = []

  constructor(start: () => ExplainWorker, save: (form: ExplanationForm, document: Blob) => void) {
    this.#start = start
    this.#save = save
  }

  /** The same value until something changes. */
  readonly state = (): ExplainState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Starts the worker, so that what it consists of is there even when the server is not any more. */
  warmUp(): void {
    this.#worker ??= this.#startWorker()
  }

  /** Explains files, instead of what was explained before. */
  explain(files: readonly DroppedFile[], year: number | undefined): void {
    if (files.length === 0) return
    if (this.#state.phase === 'reading') this.#end()
    this.#files = files
    this.#asked = { ...this.#asked, node: null, page: 0 }
    this.#change({ phase: 'reading', count: files.length, path: files[0]?.path ?? '', pace: undefined })
    this.#tell({ kind: 'explain', files, ...(year === undefined ? {} : { year }) })
  }

  /** Explains the same files again. */
  explainAgain(year: number | undefined): void {
    this.explain(this.#files, year)
  }

  /** Ends a reading at once, wherever it is. */
  cancel(): void {
    this.#end()
    this.#change({ phase: 'idle', wasCancelled: true })
    this.warmUp()
  }

  /** Asks to see something else of what is explained. */
  look(change: Partial<ViewAsked>): void {
    this.#asked = { ...this.#asked, ...change }
    if (this.#state.phase === 'explained') this.#tell({ kind: 'view', asked: this.#asked })
  }

  /** Has what is explained written and saved. */
  write(form: ExplanationForm, language: Language): void {
    this.#tell({ kind: 'write', form, language })
  }

  #tell(order: Order): void {
    this.#worker ??= this.#startWorker()
    // eslint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    this.#worker.postMessage(order)
  }

  #startWorker(): ExplainWorker {
    const worker = this.#start()
    worker.addEventListener('message', ({ data }) => {
      if (this.#worker === worker) this.#take(data)
    })
    worker.addEventListener('error', ({ message = '' }) => {
      if (this.#worker === worker) this.#fail(message)
    })
    return worker
  }

  #take(told: Answer): void {
    if (told.kind === 'failed') this.#fail(told.problem)
    if (told.kind === 'written') this.#save(told.form, told.document)
    if (told.kind === 'pace' && this.#state.phase === 'reading') {
      this.#change({ ...this.#state, path: told.path, pace: told.pace })
    }
    if (told.kind === 'explained') {
      this.#change({ phase: 'explained', view: undefined })
      this.look({})
    }
    if (told.kind === 'view' && this.#state.phase === 'explained') {
      this.#change({ phase: 'explained', view: told.view })
    }
  }

  /** What broke is not asked again; a new worker is started when there is something to do. */
  #fail(problem: string): void {
    const wasAtWork = this.#state.phase !== 'idle'
    this.#end()
    if (wasAtWork) this.#change({ phase: 'failed', problem })
  }

  #end(): void {
    this.#worker?.terminate()
    this.#worker = undefined
  }

  #change(state: ExplainState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}
