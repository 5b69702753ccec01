import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Clock } from '../../../../core/observe/clock.ts'
import { systemClock } from '../system-clock.ts'
import { inClusterConnection } from './in-cluster.ts'
import { loadConnection } from './load-connection.ts'

const SECRET = 'a-secret-that-nobody-may-see'
const PEM = '-----BEGIN CERTIFICATE-----\nMAo=\n-----END CERTIFICATE-----\n'
const base64 = (text: string) => Buffer.from(text).toString('base64')

let folder = ''
const at = (name: string) => path.join(folder, name)
const world = (env: Record<string, string> = {}, clock: Clock = systemClock) => ({
  env: { PATH: process.env['PATH'], ...env },
  home: folder,
  hasTerminal: false,
  clock,
})

/** A kubeconfig of one context with this cluster and this user. */
const config = (cluster: object, user: object = {}, name = 'main') =>
  JSON.stringify({
    'current-context': name,
    clusters: [{ name, cluster: { server: 'https://api.example:6443', ...cluster } }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name, namespace: `ns-of-${name}` } }],
  })
async function write(name: string, content: string): Promise<string> {
  await mkdir(path.dirname(at(name)), { recursive: true })
  await writeFile(at(name), content)
  return at(name)
}
const load = async (cluster: object, user: object = {}, env: Record<string, string> = {}) => {
  const kubeconfig = await write('one/config', config(cluster, user))
  return (await loadConnection({ kubeconfig }, world(env))).connection
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-kubeconfig-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('which kubeconfig', () => {
  it('is the named one, then those of $KUBECONFIG laid over one another, then that of the home directory', async () => {
    await write('.kube/config', config({ server: 'https://home' }, {}, 'home'))
    const first = await write('first', config({ server: 'https://first' }, {}, 'both'))
    const both = [
      config({ server: 'https://second' }, {}, 'both'),
      config({ server: 'https://other' }, {}, 'other'),
    ]
    const second = await write('second', both[0] ?? '')
    const third = await write('third', both[1] ?? '')
    const found = async (options: object, env = {}) => {
      const { connection, context } = await loadConnection(options, world(env))
      return [connection.server.host, context, connection.namespace]
    }
    const listed = { KUBECONFIG: ['', at('absent'), first, second, third, first].join(path.delimiter) }
    expect(await found({})).toEqual(['home', 'home', 'ns-of-home'])
    expect(await found({}, listed)).toEqual(['first', 'both', 'ns-of-both'])
    expect(await found({ context: 'other' }, listed)).toEqual(['other', 'other', 'ns-of-other'])
    expect(await found({ kubeconfig: second }, listed)).toEqual(['second', 'both', 'ns-of-both'])
  })

  it.each<[string, object, Record<string, string>, string, string]>([
    ['is not there', { kubeconfig: 'absent' }, {}, '', 'KP_KUBECONFIG_NOT_FOUND'],
    ['is listed and not there', {}, { KUBECONFIG: '/absent/a:/absent/b' }, '', 'KP_KUBECONFIG_NOT_FOUND'],
    ['is no YAML', {}, {}, `a: [${SECRET}\n b: "`, 'KP_KUBECONFIG_INVALID'],
    ['has no shape', {}, {}, 'clusters: 7', 'KP_KUBECONFIG_INVALID'],
    [
      'has a token that is none',
      {},
      {},
      config({}, { token: { [SECRET]: SECRET } }),
      'KP_KUBECONFIG_INVALID',
    ],
    ['is empty', {}, {}, '', 'KP_CONTEXT_NONE'],
    ['lacks the context', { context: 'prod' }, {}, config({}), 'KP_CONTEXT_UNKNOWN'],
    [
      'lacks the cluster',
      {},
      {},
      '{current-context: a, contexts: [{name: a, context: {cluster: b}}]}',
      'KP_KUBECONFIG_INVALID',
    ],
    ['has no server', {}, {}, config({ server: '' }), 'KP_KUBECONFIG_INVALID'],
    ['has an odd server', {}, {}, config({ server: `ftp://${SECRET}` }), 'KP_KUBECONFIG_INVALID'],
    ['has an odd proxy', {}, {}, config({ 'proxy-url': `ftp://${SECRET}` }), 'KP_KUBECONFIG_INVALID'],
    [
      'names a file that is not there',
      {},
      {},
      config({ 'certificate-authority': 'absent.crt' }),
      'KP_CREDENTIALS_UNUSABLE',
    ],
    [
      'has a key that is none',
      {},
      {},
      config({}, { 'client-key-data': base64(SECRET) }),
      'KP_CREDENTIALS_UNUSABLE',
    ],
    [
      'has half a certificate',
      {},
      {},
      config({}, { 'client-certificate-data': base64(PEM) }),
      'KP_CREDENTIALS_UNUSABLE',
    ],
    [
      'uses a provider of old',
      {},
      {},
      config({}, { 'auth-provider': { name: 'gcp', config: { 'access-token': SECRET } } }),
      'KP_CREDENTIALS_UNUSABLE',
    ],
  ])('that %s is said', async (_, options, env, content, code) => {
    await write('.kube/config', content)
    const cause = await loadConnection(options, world(env)).catch((error: unknown) => error)
    expect(cause).toMatchObject({ code })
    const said = cause as { describe(language: string): string }
    expect(said.describe('en') + said.describe('zh-CN')).not.toContain(SECRET)
  })
})

describe('a cluster', () => {
  it('has what the kubeconfig says of it, files relative to its folder', async () => {
    await write('one/ca.crt', PEM)
    expect(
      await load({
        'certificate-authority': 'ca.crt',
        'tls-server-name': 'kube',
        'proxy-url': 'socks5://p:1',
      }),
    ).toMatchObject({
      authorities: PEM,
      serverName: 'kube',
      isCertificateChecked: true,
      proxy: new URL('socks5://p:1'),
    })
    expect((await load({ 'certificate-authority-data': base64(PEM) })).authorities).toBe(PEM)
    expect((await load({ 'insecure-skip-tls-verify': true })).isCertificateChecked).toBe(false)
    expect((await load({}, {}, { HTTPS_PROXY: 'proxy:3128' })).proxy?.host).toBe('proxy:3128')
    expect((await load({ server: 'localhost:8080' })).server.href).toBe('http://localhost:8080/')
  })
})

describe('a user', () => {
  const shown = async (user: object) => (await load({}, user)).credentials.present()

  it('shows a token, a password, a certificate, or nothing', async () => {
    expect(await shown({ token: 't' })).toEqual({ authorization: 'Bearer t' })
    expect(await shown({ username: 'u', password: 'p' })).toEqual({ authorization: `Basic ${base64('u:p')}` })
    expect(await shown({})).toEqual({})
    await write('one/c.crt', PEM)
    const clientCertificate = { certificate: PEM, key: PEM.replaceAll('CERTIFICATE', 'PRIVATE KEY') }
    const key = base64(clientCertificate.key)
    expect(await shown({ 'client-certificate': 'c.crt', 'client-key-data': key })).toEqual({
      clientCertificate,
    })
  })

  it('may stand for others', async () => {
    const user = { token: 't', as: 'jane', 'as-groups': ['a', 'b'], 'as-user-extra': { 'x/y': ['1'] } }
    expect((await load({}, user)).headers).toEqual({
      'impersonate-user': 'jane',
      'impersonate-group': ['a', 'b'],
      'impersonate-extra-x%2Fy': ['1'],
    })
  })

  it('has a token file read again as it changes, and kept when it goes', async () => {
    let now = 0
    const clock: Clock = { now: () => now, after: () => () => {} }
    const kubeconfig = await write('one/config', config({}, { tokenFile: 'token' }))
    const { credentials } = (await loadConnection({ kubeconfig }, world({}, clock))).connection
    await expect(credentials.present()).rejects.toMatchObject({ code: 'KP_CREDENTIALS_UNUSABLE' })
    await write('one/token', 'first\n')
    now = 20_000
    const first = await credentials.present()
    expect(first).toEqual({ authorization: 'Bearer first' })
    await write('one/token', 'second')
    now += 1000
    expect(await credentials.present()).toBe(first)
    expect(credentials.refused(first)).toBe(true)
    expect(await credentials.present()).toEqual({ authorization: 'Bearer second' })
    await rm(at('one/token'))
    now += 20_000
    expect(await credentials.present()).toEqual({ authorization: 'Bearer second' })
  })
})

describe('in a pod', () => {
  it('the service account is used, and outside of one it is not', async () => {
    await write('sa/token', 'pod-token')
    await write('sa/ca.crt', PEM)
    await write('sa/namespace', 'patrol')
    const env = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' }
    const connection = await inClusterConnection(env, systemClock, at('sa'))
    expect(connection).toMatchObject({ authorities: PEM, namespace: 'patrol', isCertificateChecked: true })
    expect(connection?.server.href).toBe('https://[fd00::1]/')
    expect(await connection?.credentials.present()).toEqual({ authorization: 'Bearer pod-token' })
    expect(await inClusterConnection({}, systemClock, at('sa'))).toBeUndefined()
    expect(await inClusterConnection(env, systemClock, at('absent'))).toBeUndefined()
  })
})

describe('a plugin', () => {
  const V1 = 'client.authentication.k8s.io/v1'
  const credential = (status: object, apiVersion = V1) =>
    JSON.stringify({ kind: 'ExecCredential', apiVersion, status })
  /** A plugin that does what a line of shell says; the shell is the plugin's own. */
  async function plugin(script: string, more: object = {}, clock: Clock = systemClock) {
    await write('one/bin/plugin', `#!/bin/sh\n${script}\n`)
    await chmod(at('one/bin/plugin'), 0o755)
    const exec = { apiVersion: V1, command: './bin/plugin', interactiveMode: 'Never', ...more }
    const kubeconfig = await write('one/config', config({ 'tls-server-name': 'kube' }, { exec }))
    return (await loadConnection({ kubeconfig }, world({ FROM_OUTSIDE: 'yes' }, clock))).connection
      .credentials
  }

  it('gives a token or a certificate, knows its environment and the cluster, and no shell reads its arguments', async () => {
    const script = `printf '%s' "$1|$WHO|$FROM_OUTSIDE|$KUBERNETES_EXEC_INFO" > '${at('one/seen')}'; echo '${credential({ token: 't', clientCertificateData: 'c', clientKeyData: 'k' })}'`
    const credentials = await plugin(script, {
      args: ['$(touch /tmp/x);"'],
      env: [{ name: 'WHO', value: 'me' }],
      provideClusterInfo: true,
    })
    expect(await credentials.present()).toEqual({
      authorization: 'Bearer t',
      clientCertificate: { certificate: 'c', key: 'k' },
    })
    const { readFile } = await import('node:fs/promises')
    const [argument, who, outside, info = ''] = (await readFile(at('one/seen'), 'utf8')).split('|')
    expect([argument, who, outside]).toEqual(['$(touch /tmp/x);"', 'me', 'yes'])
    expect(JSON.parse(info)).toMatchObject({
      apiVersion: V1,
      spec: {
        interactive: false,
        cluster: { server: 'https://api.example:6443', 'tls-server-name': 'kube' },
      },
    })
  })

  it('is run once for many requests, again when its credentials run out, and once after a refusal', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z')
    const clock: Clock = { now: () => now, after: systemClock.after }
    const runs = `echo x >> '${at('one/runs')}'; n=$(wc -l < '${at('one/runs')}'); n=$((n))`
    await write('one/runs', '')
    const credentials = await plugin(
      `${runs}; echo '{"kind":"ExecCredential","apiVersion":"${V1}","status":{"expirationTimestamp":"2026-01-01T01:00:00Z","token":"'$n'"}}'`,
      {},
      clock,
    )
    const token = async () => (await credentials.present()).authorization
    expect(await Promise.all([token(), token(), token()])).toEqual(['Bearer 1', 'Bearer 1', 'Bearer 1'])
    expect(credentials.refused(await credentials.present())).toBe(false)
    now += 31_000
    expect(credentials.refused(await credentials.present())).toBe(true)
    expect(await token()).toBe('Bearer 2')
    now = Date.parse('2026-01-01T00:59:55Z')
    expect(await token()).toBe('Bearer 3')
  })

  it.each<[string, string, object, RegExp]>([
    ['fails', `echo "sign in first ${'s'.repeat(60)}" >&2; exit 7`, {}, /exit status 7.*sign in first …/],
    ['prints no JSON', `echo ${SECRET}`, {}, /printed no JSON/],
    ['prints something else', 'echo "{}"', {}, /no ExecCredential/],
    ['prints nothing of use', `echo '${credential({})}'`, {}, /neither a token/],
    [
      'prints another version',
      `echo '${credential({ token: SECRET }, 'client.authentication.k8s.io/v1beta1')}'`,
      {},
      /another version/,
    ],
    [
      'prints without end',
      'while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done',
      {},
      /more than 1 MiB/,
    ],
    [
      'is not there',
      '',
      { command: 'no-such-plugin', installHint: 'Install it.' },
      /ENOENT\): ?.*|Install it/,
    ],
    ['speaks a version that is not known', '', { apiVersion: 'v9' }, /not known/],
    ['needs a terminal', '', { interactiveMode: 'Always' }, /terminal/],
  ])('that %s is said', async (_, script, more, problem) => {
    const cause = await (await plugin(script, more)).present().catch((error: unknown) => error)
    expect(cause).toMatchObject({ code: 'KP_CREDENTIALS_UNUSABLE', message: expect.stringMatching(problem) })
    expect(String(cause)).not.toContain(SECRET)
  })

  it('that hangs is ended after a minute, with what it started', async () => {
    const waits: (() => void)[] = []
    const clock: Clock = { now: () => 0, after: (_, call) => (waits.push(call), () => {}) }
    const credentials = await plugin('sleep 1000 & sleep 1000', {}, clock)
    const presenting = credentials.present()
    waits[0]?.()
    await expect(presenting).rejects.toMatchObject({ message: expect.stringContaining('within 60 s') })
  })
})
