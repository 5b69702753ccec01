import { createPrivateKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { isIP } from 'node:net'

/** A certificate with its key, PEM. */
export interface KeyPair {
  certificate: string
  key: string
}

/** A certificate authority of the process itself. */
export interface Authority extends KeyPair {
  issue(subject: CertificateSubject): KeyPair
}

interface CertificateSubject {
  commonName: string
  organization?: string
  /** Names and IP addresses that a server answers to. */
  hosts?: readonly string[]
  notBefore?: Date
  notAfter?: Date
}

const DAY_MS = 86_400_000

/** Makes an authority that issues certificates on the spot: no file with a key is part of the repository. */
export function makeAuthority(commonName = 'kubepatrol lab authority'): Authority {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const issuer = { commonName }
  const certificate = signed({
    subject: issuer,
    issuer,
    publicKey: own.publicKey,
    signer: own.privateKey,
    isAuthority: true,
  })
  return {
    certificate,
    key: pemOf(own.privateKey),
    issue(subject) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      return {
        certificate: signed({ subject, issuer, publicKey, signer: own.privateKey, isAuthority: false }),
        key: pemOf(privateKey),
      }
    },
  }
}

function pemOf(key: KeyObject): string {
  return createPrivateKey(key.export({ type: 'pkcs8', format: 'pem' }))
    .export({ type: 'pkcs8', format: 'pem' })
    .toString()
}

// X.509 in DER (RFC 5280), as much of it as a server on loopback needs.
const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}
const sequence = (...parts: Buffer[]) => der(0x30, ...parts)
const set = (...parts: Buffer[]) => der(0x31, ...parts)
const text = (value: string) => der(0x0c, Buffer.from(value))
const oid = (...arcs: number[]) => {
  const [first = 0, second = 0, ...rest] = arcs
  const bytes = rest.flatMap((arc) => {
    const groups = [arc & 0x7f]
    for (let left = arc >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80)
    return groups
  })
  return der(0x06, Buffer.from([first * 40 + second, ...bytes]))
}
const time = (date: Date) => der(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]|\.\d+Z/g, '')}Z`))
const octets = (content: Buffer) => der(0x04, content)
const ECDSA_SHA256 = sequence(oid(1, 2, 840, 10045, 4, 3, 2))

function nameOf({ commonName, organization }: CertificateSubject): Buffer {
  const part = (last: number, value: string) => set(sequence(oid(2, 5, 4, last), text(value)))
  return sequence(...(organization === undefined ? [] : [part(10, organization)]), part(3, commonName))
}

function hostNames(hosts: readonly string[]): Buffer {
  const names = hosts.map((host) =>
    isIP(host) === 4 ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host)),
  )
  return sequence(oid(2, 5, 29, 17), octets(sequence(...names)))
}

interface ToSign {
  subject: CertificateSubject
  issuer: CertificateSubject
  publicKey: KeyObject
  signer: KeyObject
  isAuthority: boolean
}

function signed({ subject, issuer, publicKey, signer, isAuthority }: ToSign): string {
  const isTrue = der(0x01, Buffer.from([0xff]))
  const basicConstraints = sequence(
    oid(2, 5, 29, 19),
    isTrue,
    octets(sequence(...(isAuthority ? [isTrue] : []))),
  )
  const extensions = [basicConstraints, ...(subject.hosts === undefined ? [] : [hostNames(subject.hosts)])]
  const notBefore = subject.notBefore ?? new Date(Date.now() - DAY_MS)
  const notAfter = subject.notAfter ?? new Date(Date.now() + 30 * DAY_MS)
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_SHA256,
    nameOf(issuer),
    sequence(time(notBefore), time(notAfter)),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  )
  const signature = der(0x03, Buffer.from([0]), sign('sha256', toBeSigned, signer))
  // Never an empty line: where the last line is a full one, OpenSSL would not read the certificate.
  const lines = sequence(toBeSigned, ECDSA_SHA256, signature)
    .toString('base64')
    .match(/.{1,64}/g)
  return `-----BEGIN CERTIFICATE-----\n${lines?.join('\n') ?? ''}\n-----END CERTIFICATE-----\n`
}
