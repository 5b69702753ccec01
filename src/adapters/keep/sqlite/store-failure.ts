import { coded, type KubepatrolError } from '../../../core/errors/kubepatrol-error.ts'

/** What SQLite says is wrong, as a coded error that says what to do. */
export function storeFailure(path: string, cause: unknown): KubepatrolError {
  const { code = '', message: reason } = cause as { code?: unknown; message: string }
  return coded(codeOf(String(code), reason), { path, reason }, cause)
}

function codeOf(code: string, reason: string) {
  if (/^SQLITE_FULL|ENOSPC|EDQUOT/.test(code) || /disk is full/.test(reason)) return 'KP_STORE_FULL'
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return 'KP_STORE_LOCKED'
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return 'KP_STORE_CORRUPT'
  return 'KP_STORE_UNUSABLE'
}
