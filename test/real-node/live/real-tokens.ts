import { createPrivateKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fixedCredentials } from '../../../src/adapters/observe/kubernetes-api/kubeconfig/fixed-credentials.ts'
import { connectToCluster } from '../../../src/adapters/observe/kubernetes-api/kubernetes-api.ts'
import { systemClock } from '../../../src/adapters/observe/kubernetes-api/system-clock.ts'
import { CONTROLLER_AUDIENCE } from '../../../src/core/observe/agents/agent-identity.ts'
import { accessOf } from '../../api-answers/asker.ts'
import { AGENT, type TokenSubject } from '../../contracts/agent-tokens.ts'
import { createAll } from '../../deploy/create-manifests.ts'
import { manifests } from '../../deploy/manifests.ts'
import { NODE_NAME } from '../bed/places.ts'
import type { LiveNode } from './live-node.ts'

const NAMESPACE = `/api/v1/namespaces/${AGENT.namespace}`
const ACCOUNTS = new Set([
  'Namespace',
  'ServiceAccount',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
])

/** The API server of a node, asked with the rights that the manifests give the controller. */
export async function realTokens(node: LiveNode): Promise<TokenSubject> {
  await post(
    node,
    manifests().filter(({ kind }) => ACCOUNTS.has(kind)),
  )
  const agent = await podOn(node, 'agent', NODE_NAME)
  const elsewhere = await podOn(node, 'elsewhere', 'another-node')
  const gone = await podOn(node, 'gone', 'another-node')
  const valid = await tokenFor(node, AGENT.name, { pod: agent })
  const tokens = {
    agent: valid,
    ofAnotherNode: await tokenFor(node, AGENT.name, { pod: elsewhere }),
    forAnotherAudience: await tokenFor(node, AGENT.name, {
      pod: agent,
      audience: 'https://kubernetes.default.svc',
    }),
    ofAnotherAccount: await tokenFor(node, 'kubepatrol', {}),
    boundToNoPod: await tokenFor(node, AGENT.name, {}),
    ofADeletedPod: await tokenFor(node, AGENT.name, { pod: gone }),
    expired: expired(valid, path.join(node.state, 'pki/service-accounts.key')),
  }
  await remove(node, 'gone')
  const cluster = await connectAs(node, await tokenFor(node, 'kubepatrol', { audience: null }))
  return {
    reviews: cluster.reviews,
    node: NODE_NAME,
    tokens,
    deletePodOfAgent: () => remove(node, 'agent'),
    close: () => cluster.api.close(),
  }
}

function connectAs(node: LiveNode, token: string) {
  const { server, authority } = accessOf(readFileSync(node.kubeconfig, 'utf8'))
  const connection = {
    server: new URL(server),
    authorities: authority.toString(),
    isCertificateChecked: true,
    headers: {},
    credentials: fixedCredentials({ authorization: `Bearer ${token}` }),
  }
  return connectToCluster(connection, { clock: systemClock, random: Math.random })
}

async function post(node: LiveNode, objects: Parameters<typeof createAll>[1]) {
  const answers = await createAll(node.ask, objects)
  const refused = answers.find(({ status }) => status !== 201)
  if (refused) throw new Error(JSON.stringify(refused))
  return answers.map(({ answer }) => answer as { metadata: { uid: string } })
}

/** A pod that is on a node without being scheduled there; on one that is not there it never starts. @returns its uid */
async function podOn(node: LiveNode, name: string, nodeName: string) {
  const [created] = await post(node, [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: AGENT.namespace },
      spec: {
        nodeName,
        serviceAccountName: AGENT.name,
        containers: [{ name: 'c', image: 'lab.local/busybox:1.35', imagePullPolicy: 'IfNotPresent' }],
        tolerations: [{ operator: 'Exists' }],
      },
    },
  ])
  return { name, uid: created?.metadata.uid ?? '' }
}

async function remove(node: LiveNode, pod: string): Promise<void> {
  const asked = `${NAMESPACE}/pods/${pod}?gracePeriodSeconds=0`
  const { status } = await node.ask({ method: 'DELETE', path: asked, headers: {}, body: undefined })
  if (status !== 200) throw new Error(`the pod ${pod} cannot be deleted: ${status}`)
}

/** Asks for a token as a kubelet does. @param audience null for that of the API server itself */
async function tokenFor(
  node: LiveNode,
  account: string,
  { pod, audience = CONTROLLER_AUDIENCE }: { pod?: { name: string; uid: string }; audience?: string | null },
): Promise<string> {
  const { status, text } = await node.ask({
    method: 'POST',
    path: `${NAMESPACE}/serviceaccounts/${account}/token`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {
        ...(audience === null ? {} : { audiences: [audience] }),
        expirationSeconds: 3600,
        ...(pod && { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', ...pod } }),
      },
    }),
  })
  if (status !== 201) throw new Error(`no token for ${account}: ${status} ${text}`)
  return (JSON.parse(text) as { status: { token: string } }).status.token
}

/** The same token, signed by the same key, as it is when its time is over: nobody wants to wait ten minutes for it. */
function expired(token: string, keyFile: string): string {
  const [header = '', claims = ''] = token.split('.')
  const read = JSON.parse(Buffer.from(claims, 'base64url').toString()) as {
    exp: number
    iat: number
    nbf: number
  }
  const past = Math.floor(Date.now() / 1000) - 7200
  const old = { ...read, iat: past, nbf: past, exp: past + 3600 }
  const signed = `${header}.${Buffer.from(JSON.stringify(old)).toString('base64url')}`
  const signature = sign('RSA-SHA256', Buffer.from(signed), createPrivateKey(readFileSync(keyFile)))
  return `${signed}.${signature.toString('base64url')}`
}
