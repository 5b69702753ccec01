import type { LabRequest } from '../../http/contract.ts'
import { PATHS } from '../../http/paths.ts'

/** An answer of the API that is not what was asked for. */
export class ApiFailure extends Error {
  readonly status: number

  constructor(status: number, sentence: string) {
    super(sentence)
    this.status = status
  }
}

/** Asks the API. @throws {ApiFailure} when it refuses */
export async function ask<T>(path: string, asked: Readonly<Record<string, string>>): Promise<T> {
  const response = await fetch(`${path}?${new URLSearchParams(asked)}`, { credentials: 'same-origin' })
  if (response.ok) return (await response.json()) as T
  const body = (await response.json().catch(() => ({}))) as { message?: string }
  throw new ApiFailure(response.status, body.message ?? response.statusText)
}

/** Asks for something of the lab. @throws {ApiFailure} when it refuses */
export async function controlLab(request: LabRequest): Promise<void> {
  const response = await fetch(PATHS.lab, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  })
  if (!response.ok) throw new ApiFailure(response.status, response.statusText)
}

/**
 * Exchanges the token in the address for a session, and takes it out of the address bar so that it is
 * in no history, bookmark or screenshot.
 */
export async function beginSession(): Promise<void> {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token === null) return
  history.replaceState(null, '', location.pathname + location.search)
  await fetch(PATHS.session, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  })
}
