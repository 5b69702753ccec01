import type { Dispatcher } from 'undici'
import AnyDispatcher from 'undici/lib/dispatcher/dispatcher.js'
import Agent from 'undici/lib/dispatcher/agent.js'
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js'
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js'
import api from 'undici/lib/api/index.js'

// The whole of undici has fetch, caches, web sockets and mocks, which cost an agent ten megabytes of memory.
// This is what its own entry does, too.
Object.assign(AnyDispatcher.prototype, api)

export { Agent, EnvHttpProxyAgent, ProxyAgent, type Dispatcher }

/** Asks an address by a dispatcher, which answers with status, headers and a body to be read. @throws as undici does */
export function request(
  address: string,
  { dispatcher, ...options }: { dispatcher: Dispatcher } & Omit<Dispatcher.RequestOptions, 'origin' | 'path'>,
): Promise<Dispatcher.ResponseData> {
  const { origin, pathname, search } = new URL(address)
  return dispatcher.request({ ...options, origin, path: pathname + search })
}
