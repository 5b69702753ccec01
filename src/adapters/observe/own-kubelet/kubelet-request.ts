import { request } from 'node:https'
import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import { X509Certificate } from 'node:crypto'
import type { GapReason } from '../../../core/observe/gap.ts'
import type { Duration } from '../../../core/units/duration.ts'

/** What is shown to a kubelet. */
export interface KubeletCredentials {
  authorization?: string
  clientCertificate?: { certificate: string; key: string }
}

/** Where a kubelet listens and how it is known. */
export interface KubeletEndpoint {
  /** `https://address:10250` */
  url: URL
  /** The certificate that it serves with, as its own files hold it; PEM. Whoever has that key is the kubelet. */
  servingCertificate?: string | undefined
  /** Authorities that may have signed its certificate; PEM. */
  authorities: readonly string[]
  present(): Promise<KubeletCredentials>
}

/** A kubelet was asked and did not answer as it should. */
export class KubeletFailure extends Error {
  readonly why: GapReason

  constructor(why: GapReason, detail: string, cause?: unknown) {
    super(detail.slice(0, 300), { cause })
    this.name = 'KubeletFailure'
    this.why = why
  }
}

const MOST_BYTES = 16 * 1024 * 1024

/** GETs from a kubelet, within a time and a size. @throws {KubeletFailure} */
export async function getFromKubelet(
  { url, servingCertificate, authorities, present }: KubeletEndpoint,
  path: '/stats/summary' | '/configz' | '/metrics',
  timeMs: Duration,
): Promise<string> {
  const { authorization, clientCertificate } = await present()
  const known = servingCertificate === undefined ? undefined : new X509Certificate(servingCertificate)
  const isKnown = (certificate: PeerCertificate) =>
    known !== undefined && Buffer.compare(certificate.raw, known.raw) === 0
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(failureOf(cause))
    const asked = request(
      new URL(path, url),
      {
        ca: [...authorities, ...(servingCertificate === undefined ? [] : [servingCertificate])],
        // The certificate itself is trusted, whoever signed it; then its names say nothing more.
        allowPartialTrustChain: true,
        checkServerIdentity: (host: string, certificate: PeerCertificate) =>
          isKnown(certificate) ? undefined : checkServerIdentity(host, certificate),
        ...(clientCertificate && { cert: clientCertificate.certificate, key: clientCertificate.key }),
        headers: { 'user-agent': 'kubepatrol', ...(authorization === undefined ? {} : { authorization }) },
        signal: AbortSignal.timeout(timeMs),
      } as Parameters<typeof request>[1] & object,
      (answer) => {
        const pieces: Buffer[] = []
        let bytes = 0
        answer.on('error', fail)
        answer.on('data', (piece: Buffer) => {
          bytes += piece.length
          if (bytes > MOST_BYTES)
            asked.destroy(new KubeletFailure('too-large', `more than ${MOST_BYTES} bytes`))
          else pieces.push(piece)
        })
        answer.on('end', () => {
          const text = Buffer.concat(pieces).toString('utf8')
          const status = answer.statusCode ?? 0
          if (status === 200) resolve(text)
          else reject(new KubeletFailure(BY_STATUS[status] ?? 'refused', `HTTP ${status}: ${text}`))
        })
      },
    )
    asked.on('error', fail)
    asked.end()
  })
}

const BY_STATUS: Readonly<Record<number, GapReason>> = {
  401: 'forbidden',
  403: 'forbidden',
  404: 'not-served',
}

function failureOf(cause: unknown): KubeletFailure {
  if (cause instanceof KubeletFailure) return cause
  const { name, message, code } = cause as NodeJS.ErrnoException
  if (name === 'TimeoutError' || name === 'AbortError')
    return new KubeletFailure('timed-out', 'no complete answer in time', cause)
  return new KubeletFailure('unreachable', message === '' ? (code ?? name) : message, cause)
}
