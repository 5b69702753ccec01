import {
  createConnection,
  createServer,
  type ListenOptions,
  type NetConnectOpts,
  type Server,
} from 'node:net'
import { pipeline } from 'node:stream'

/**
 * Passes every connection on. A unix socket crosses from a network namespace to another, so two relays in a row
 * make a port of the node a port of the machine.
 */
export async function relay(listenOn: ListenOptions, connectTo: NetConnectOpts): Promise<Server> {
  const server = createServer((incoming) => {
    const outgoing = createConnection(connectTo)
    // A connection that breaks ends both halves; who asked sees it closed.
    pipeline(incoming, outgoing, () => undefined)
    pipeline(outgoing, incoming, () => undefined)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(listenOn, resolve)
  })
  return server
}

/** The port that a relay listens on. */
export function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('this relay has no port')
  return address.port
}
