import type { ServerResponse } from 'node:http'
import { sendJson } from '../../src/apps/lab/api/answers.ts'
import { ApiRefusal, type RefusalReason } from '../../src/apps/lab/store/api-refusal.ts'

/** The object that explains a refusal. */
export function statusJson(reason: RefusalReason, message: string): string {
  return JSON.stringify(new ApiRefusal(reason, message).status())
}

/** Refuses, with the object that explains it. */
export function sendStatus(response: ServerResponse, reason: RefusalReason, message: string): void {
  const refusal = new ApiRefusal(reason, message)
  sendJson(response, JSON.stringify(refusal.status()), { status: refusal.code })
}
