import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handedRounds } from '../../src/core/observe/agents/handed-rounds.ts'
import { createAgentServer, type AgentServer } from '../../src/http/agent-server.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'kubepatrol-certificate-'))
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8')
let server: AgentServer
let port: number

beforeAll(async () => {
  execFileSync('sh', ['deploy/make-certificate.sh', folder], { stdio: 'pipe' })
  server = createAgentServer({
    certificate: read('tls.crt'),
    key: read('tls.key'),
    controller: handedRounds(() => 0),
    identities: { ofToken: async () => ({ refused: 'unknown-token' }) },
  })
  port = await server.listen(0, '127.0.0.1')
})
afterAll(async () => {
  await server?.close()
  rmSync(folder, { recursive: true })
})

/** Connects as to a host of that name; fulfilled when its certificate is good for it. */
function meet(servername: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, servername, ca: read('ca.crt') }, () => {
      resolve(socket.authorized)
      socket.destroy()
    }).once('error', reject)
  })
}

describe('the certificate that make-certificate.sh makes', () => {
  it('is known to agents by the names of the Service, and by no other', async () => {
    expect(await meet('kubepatrol.kubepatrol.svc')).toBe(true)
    expect(await meet('kubepatrol.kubepatrol.svc.cluster.local')).toBe(true)
    await expect(meet('kubepatrol.default.svc')).rejects.toThrow(/altnames/)
  })

  it('leaves three files that nobody else can read, and no key of the authority', () => {
    expect(readdirSync(folder).toSorted()).toEqual(['ca.crt', 'tls.crt', 'tls.key'])
    for (const name of readdirSync(folder)) expect(statSync(path.join(folder, name)).mode & 0o077).toBe(0)
  })
})
