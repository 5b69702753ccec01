import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import path from 'node:path'

/** An object of Kubernetes, as far as its address needs it. */
export interface KubernetesObject {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace?: string }
}

export interface KubernetesApi {
  /** The body of a path, as it came. */
  get(path: string): Promise<string>
  create(object: KubernetesObject): Promise<void>
  delete(path: string): Promise<void>
}

/**
 * Asks the API server as an administrator.
 * @param certificates the folder of `ca.crt`, `admin.crt` and `admin.key`
 */
export function kubernetesApi(certificates: string, port: number): KubernetesApi {
  const read = (name: string) => readFileSync(path.join(certificates, name))
  const agent = new Agent({
    keepAlive: true,
    ca: read('ca.crt'),
    cert: read('admin.crt'),
    key: read('admin.key'),
  })
  const ask = (method: string, asked: string, body?: string) =>
    new Promise<string>((resolve, reject) => {
      const headers = body === undefined ? {} : { 'content-type': 'application/json' }
      const options = { agent, host: '127.0.0.1', port, method, path: asked, headers }
      const asking = request(options, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece))
        response.once('error', reject).once('end', () => {
          const status = response.statusCode ?? 0
          if (status < 300) resolve(text)
          else reject(new Error(`${method} ${asked}: ${status} ${text.slice(0, 500)}`))
        })
      })
      asking.once('error', reject).end(body)
    })
  return {
    get: (asked) => ask('GET', asked),
    async create(object) {
      await ask('POST', collectionPath(object), JSON.stringify(object))
    },
    async delete(asked) {
      await ask('DELETE', asked)
    },
  }
}

/** Where objects of a kind are kept; kinds with an irregular plural are none that a scenario needs. */
export function collectionPath({ apiVersion, kind, metadata: { namespace } }: KubernetesObject): string {
  const plural = `${kind.toLowerCase()}${kind.endsWith('s') ? 'es' : 's'}`
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  return `${group}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${plural}`
}
