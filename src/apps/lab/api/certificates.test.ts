import { createSecureContext } from 'node:tls'
import { X509Certificate } from 'node:crypto'
import { expect, it } from 'vitest'
import { makeAuthority } from './certificates.ts'

// As many lengths as it takes for the last line of a certificate to be a full one.
it.each(Array.from({ length: 48 }, (_, length) => 'a'.repeat(length + 1)))(
  'makes certificates that are read and trusted: %s',
  (commonName) => {
    const authority = makeAuthority(commonName)
    const { certificate } = authority.issue({ commonName: 'server', hosts: ['127.0.0.1'] })
    expect(authority.certificate).not.toMatch(/\n\n/)
    expect(() => createSecureContext({ ca: authority.certificate, cert: certificate })).not.toThrow()
    expect(
      new X509Certificate(certificate).verify(new X509Certificate(authority.certificate).publicKey),
    ).toBe(true)
  },
)
