import { Agent, EnvHttpProxyAgent, request, type Dispatcher } from '../../../http-client/http-client.ts'
import { z } from 'zod'
import { coded } from '../../../../core/errors/kubepatrol-error.ts'
import { message, type Message } from '../../../../core/messages/message.ts'
import type { Credentials } from '../connection.ts'
import { readWhole } from '../transport/read-body.ts'
import { pem } from './pem.ts'
import { keepOidcTokens } from './keep-oidc-tokens.ts'
import type { KubeconfigWorld } from './kubeconfig-world.ts'
import { renewable, type Issued } from './renewable.ts'
import { expiryOf } from './token-expiry.ts'

/** What the auth-provider `oidc` of a kubeconfig says. */
type OidcConfig = Readonly<Record<string, string | null | undefined>>

const Discovery = z.object({ token_endpoint: z.url() })
const Tokens = z.object({ id_token: z.string().min(1), refresh_token: z.string().min(1).optional() })

const MOST_ANSWER_BYTES = 256 * 1024
const TIME_LIMIT_MS = 20_000

/** The id token of a kubeconfig, renewed at its issuer with the refresh token when it has run out. */
export async function oidcCredentials(
  config: OidcConfig,
  file: string,
  user: string,
  world: KubeconfigWorld,
): Promise<Credentials> {
  const authorities = await pem(
    config['idp-certificate-authority-data'],
    config['idp-certificate-authority'],
    file,
  )
  let refreshToken = config['refresh-token']
  const known = config['id-token'] ? issued(config['id-token']) : undefined

  const renew = async (): Promise<Issued> => {
    const issuer = config['idp-issuer-url']
    if (!refreshToken || !issuer) throw unusable(message('credentials.oidc-ended'))
    const dispatcher = issuerDispatcher(authorities, world)
    try {
      const endpoint = await tokenEndpoint(issuer, dispatcher)
      const tokens = await exchange(endpoint, refreshToken, config, dispatcher)
      if (tokens.refresh_token !== undefined && tokens.refresh_token !== refreshToken) {
        refreshToken = tokens.refresh_token
        await keepOidcTokens(file, user, { idToken: tokens.id_token, refreshToken })
      }
      return issued(tokens.id_token)
    } finally {
      await dispatcher.close()
    }
  }
  return renewable(renew, world.clock, known)
}

function issued(idToken: string): Issued {
  const expiresAt = expiryOf(idToken)
  return {
    presented: { authorization: `Bearer ${idToken}` },
    ...(expiresAt === undefined ? {} : { expiresAt }),
  }
}

function issuerDispatcher(authorities: string | undefined, { env }: KubeconfigWorld): Dispatcher {
  const tls = authorities === undefined ? {} : { ca: authorities }
  const isProxied = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some((name) => env[name])
  return isProxied ? new EnvHttpProxyAgent({ requestTls: tls, connect: tls }) : new Agent({ connect: tls })
}

async function tokenEndpoint(issuer: string, dispatcher: Dispatcher): Promise<string> {
  const address = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`
  const { token_endpoint: endpoint } = await answered(Discovery, address, { dispatcher, method: 'GET' })
  // A secret does not go where the issuer itself would not be trusted.
  if (issuer.startsWith('https:') && !endpoint.startsWith('https:')) {
    throw unusable(message('credentials.oidc-unencrypted'))
  }
  return endpoint
}

function exchange(endpoint: string, refreshToken: string, config: OidcConfig, dispatcher: Dispatcher) {
  const id = config['client-id'] ?? ''
  const secret = config['client-secret'] ?? ''
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: id,
    ...(secret === '' ? {} : { client_secret: secret }),
  })
  return answered(Tokens, endpoint, {
    dispatcher,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: body.toString(),
  })
}

/** Asks the issuer. What it says is left out of a failure: it may repeat a secret. */
async function answered<T extends z.ZodType>(
  schema: T,
  address: string,
  options: {
    dispatcher: Dispatcher
    method: 'GET' | 'POST'
    headers?: Record<string, string>
    body?: string
  },
): Promise<z.output<T>> {
  try {
    const answer = await request(address, {
      ...options,
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    })
    const content = await readWhole(answer.body, MOST_ANSWER_BYTES)
    if (answer.statusCode !== 200)
      throw unusable(message('credentials.oidc-answer', { status: answer.statusCode }))
    return schema.parse(JSON.parse(content.toString('utf8')))
  } catch (cause) {
    const { code, name } = cause as NodeJS.ErrnoException
    if (code?.startsWith('KP_')) throw cause
    throw unusable(message('credentials.oidc-unreachable', { reason: code ?? name }), cause)
  }
}

function unusable(problem: Message, cause?: unknown) {
  return coded('KP_CREDENTIALS_UNUSABLE', { problem }, cause)
}
