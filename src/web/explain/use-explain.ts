import { useEffect, useSyncExternalStore } from 'react'
import type { ExplanationForm } from '../../core/explain/present/forms.ts'
import { ExplainSession, type ExplainState } from './explain-session.ts'

const ENDINGS: Readonly<Record<ExplanationForm, string>> = { markdown: 'md', html: 'html', json: 'json' }

/** One for the page: what is explained stays while other places of it are visited. */
const session = new ExplainSession(
  () => new Worker(new URL('./explain-worker.ts', import.meta.url), { type: 'module' }),
  save,
)

/** The session of the page, and how far it is. */
export function useExplain(): { session: ExplainSession; state: ExplainState } {
  useEffect(() => session.warmUp(), [])
  return { session, state: useSyncExternalStore(session.subscribe, session.state) }
}

/** Has the browser save a file, as a link to it would. */
function save(form: ExplanationForm, document: Blob): void {
  const link = window.document.createElement('a')
  link.href = URL.createObjectURL(document)
  link.download = `kubepatrol-explain.${ENDINGS[form]}`
  link.click()
  // The browser has taken hold of it by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href))
}
