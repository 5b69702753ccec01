/** A kubeconfig for a server whose authority only it knows, as kubectl reads it. */
export function kubeconfigText({
  url,
  authority,
  token,
  name = 'kubepatrol-lab',
}: {
  url: string
  authority: { certificate: string }
  token: string
  name?: string
}): string {
  const data = Buffer.from(authority.certificate).toString('base64')
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server: url, 'certificate-authority-data': data } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  })
}
