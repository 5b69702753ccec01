import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../system-clock.ts'
import { loadConnection } from './load-connection.ts'

const token = (expiresInSeconds: number, mark = '') => {
  const claims = { exp: Math.round(Date.now() / 1000) + expiresInSeconds, mark }
  return `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`
}

let folder = ''
let issuer: Server
let asked: string[] = []
let answer: { status: number; body: string }
const url = () => `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-oidc-'))
  issuer = createServer((request, response) => {
    if (request.url === '/.well-known/openid-configuration') {
      response.end(JSON.stringify({ token_endpoint: `${url()}/token` }))
      return
    }
    let body = ''
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${body}`)
      response.writeHead(answer.status).end(answer.body)
    })
  })
  issuer.listen(0, '127.0.0.1')
  await once(issuer, 'listening')
})
afterAll(async () => {
  issuer.close()
  await rm(folder, { recursive: true })
})
beforeEach(() => {
  asked = []
})
afterEach(() => rm(path.join(folder, 'config'), { force: true }))

async function credentials(idToken: string, refresh: string | undefined = 'refresh-1') {
  const kubeconfig = path.join(folder, 'config')
  const lines = [
    '# kept as it is',
    'current-context: a',
    'contexts: [{name: a, context: {cluster: a, user: jane}}]',
    'clusters: [{name: a, cluster: {server: "https://api.example"}}]',
    'users:',
    '- name: jane # who asks',
    '  user:',
    '    auth-provider:',
    '      name: oidc',
    '      config:',
    `        idp-issuer-url: ${url()}`,
    '        client-id: kubepatrol',
    '        client-secret: hidden-word',
    `        id-token: ${idToken}`,
    ...(refresh === undefined ? [] : [`        refresh-token: ${refresh}`]),
  ]
  await writeFile(kubeconfig, `${lines.join('\n')}\n`, { mode: 0o600 })
  const world = { env: {}, home: folder, hasTerminal: false, clock: systemClock }
  return (await loadConnection({ kubeconfig }, world)).connection.credentials
}
const kept = () => readFile(path.join(folder, 'config'), 'utf8')

describe('an id token', () => {
  it('is shown while it holds, and nobody is asked', async () => {
    const valid = token(3600)
    expect(await (await credentials(valid)).present()).toEqual({ authorization: `Bearer ${valid}` })
    expect(asked).toEqual([])
  })

  it('is renewed when it has run out; the kubeconfig stays as it is while the refresh token does', async () => {
    const fresh = token(3600, 'fresh')
    answer = { status: 200, body: JSON.stringify({ id_token: fresh }) }
    const renewing = await credentials(token(-60))
    const before = await kept()
    expect(await Promise.all([renewing.present(), renewing.present()])).toEqual([
      { authorization: `Bearer ${fresh}` },
      { authorization: `Bearer ${fresh}` },
    ])
    expect(asked).toEqual([
      'POST /token grant_type=refresh_token&refresh_token=refresh-1&client_id=kubepatrol&client_secret=hidden-word',
    ])
    expect(await kept()).toBe(before)
  })

  it('is written back with a new refresh token, which has taken the place of the old one', async () => {
    const fresh = token(3600, 'fresh')
    answer = { status: 200, body: JSON.stringify({ id_token: fresh, refresh_token: 'refresh-2' }) }
    await (await credentials(token(-60))).present()
    const text = await kept()
    expect(text).toContain('refresh-token: refresh-2')
    expect(text).toContain(`id-token: ${fresh}`)
    expect(text).toContain('# kept as it is')
    expect(text).toContain('# who asks')
    expect(await readdir(folder)).toEqual(['config'])
  })

  it.each([
    ['refuses', 400, '{"error":"invalid_grant hidden-word"}', /HTTP 400; sign in again/],
    ['answers with a page', 200, '<html>hidden-word', /could not be asked/],
    ['gives no id token', 200, '{"access_token":"hidden-word"}', /could not be asked/],
    ['answers without end', 200, 'x'.repeat(1024 * 1024), /could not be asked/],
  ])('of an issuer that %s cannot be had, and no secret is said', async (_, status, body, problem) => {
    answer = { status, body }
    const cause = await (await credentials(token(-60))).present().catch((error: unknown) => error)
    expect(cause).toMatchObject({ code: 'KP_CREDENTIALS_UNUSABLE', message: expect.stringMatching(problem) })
    expect(String(cause)).not.toMatch(/hidden-word|refresh-1/)
  })

  it('that has run out for good is said', async () => {
    const ended = (await credentials(token(-60), '')).present()
    await expect(ended).rejects.toMatchObject({
      message: expect.stringContaining('no refresh token; sign in again'),
    })
  })
})
