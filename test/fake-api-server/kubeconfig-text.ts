import type { FakeApiServer } from './fake-api-server.ts'

/** A kubeconfig for a fake server, as kubectl reads it. */
export function kubeconfigText({
  url,
  authority,
  token,
}: Pick<FakeApiServer, 'url' | 'token'> & { authority: { certificate: string } }): string {
  const data = Buffer.from(authority.certificate).toString('base64')
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'fake',
    clusters: [{ name: 'fake', cluster: { server: url, 'certificate-authority-data': data } }],
    users: [{ name: 'patrol', user: { token } }],
    contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'patrol' } }],
  })
}
