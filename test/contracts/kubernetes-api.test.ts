import { homedir } from 'node:os'
import { request } from 'undici'
import { it } from 'vitest'
import { loadConnection } from '../../src/adapters/observe/kubernetes-api/kubeconfig/load-connection.ts'
import { systemClock } from '../../src/adapters/observe/kubernetes-api/system-clock.ts'
import { openDispatcher } from '../../src/adapters/observe/kubernetes-api/transport/dispatchers.ts'
import { startFakeApiServer } from '../fake-api-server/fake-api-server.ts'
import { fakeConnection, populate } from '../fake-api-server/small-cluster.ts'
import { sampleStorageClass } from '../fake-api-server/sample-objects.ts'
import { kubernetesApiContract, type ContractSubject } from './kubernetes-api.ts'

async function onTheFake(): Promise<ContractSubject> {
  const server = await startFakeApiServer()
  populate(server)
  return {
    connection: fakeConnection(server),
    putStorageClass: async (name) => server.store.put('storageclasses', sampleStorageClass(name)),
    removeStorageClass: async (name) => server.store.remove('storageclasses', '', name),
    close: () => server.close(),
  }
}

/** The writes of the test itself; the client has no way to. */
async function onARealOne(kubeconfig: string): Promise<ContractSubject> {
  const world = { env: process.env, home: homedir(), hasTerminal: false, clock: systemClock }
  const { connection } = await loadConnection({ kubeconfig }, world)
  const shown = await connection.credentials.present()
  const dispatcher = openDispatcher(connection, shown.clientCertificate)
  const base = `${connection.server.href.replace(/\/$/, '')}/apis/storage.k8s.io/v1/storageclasses`
  const headers = {
    'content-type': 'application/json',
    ...(shown.authorization === undefined ? {} : { authorization: shown.authorization }),
  }
  const send = async (method: 'POST' | 'DELETE', url: string, body?: object) => {
    const answer = await request(url, {
      method,
      headers,
      dispatcher,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    await answer.body.dump()
    if (answer.statusCode >= 300 && answer.statusCode !== 404) throw new Error(`HTTP ${answer.statusCode}`)
  }
  const kind = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    provisioner: 'kubernetes.io/no-provisioner',
  }
  return {
    connection,
    putStorageClass: (name) => send('POST', base, { ...kind, metadata: { name } }),
    removeStorageClass: (name) => send('DELETE', `${base}/${name}`),
    close: () => dispatcher.destroy(),
  }
}

kubernetesApiContract('the fake', onTheFake)

const kubeconfig = process.env['KUBEPATROL_TEST_KUBECONFIG']
if (kubeconfig === undefined) {
  it.todo('runs on a real API server: set KUBEPATROL_TEST_KUBECONFIG; this time it ran on the fake only')
} else kubernetesApiContract('the API server of KUBEPATROL_TEST_KUBECONFIG', () => onARealOne(kubeconfig))
