import type { ExplanationForm } from '../../core/explain/present/forms.ts'
import type { ReadingPace } from '../../core/explain/reading-pace.ts'
import type { Language } from '../../core/messages/language.ts'
import type { ExplanationView, ViewAsked } from './explanation-view.ts'

/** A file to explain. */
export interface DroppedFile {
  /** As it is named in evidence. */
  path: string
  file: Blob | null
  /** Why there is none: the browser's word for it. A folder without any log needs none. */
  reason?: string
}

/** What the page tells its worker to do. */
export type Order =
  | { kind: 'explain'; files: readonly DroppedFile[]; year?: number }
  | { kind: 'view'; asked: ViewAsked }
  | { kind: 'write'; form: ExplanationForm; language: Language }

/** What the worker answers; `pace` now and then while it reads. */
export type Answer =
  | { kind: 'pace'; path: string; pace: ReadingPace }
  | { kind: 'explained' }
  | { kind: 'view'; view: ExplanationView }
  | { kind: 'written'; form: ExplanationForm; document: Blob }
  | { kind: 'failed'; problem: string }
