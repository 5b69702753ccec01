import { controllerClient } from '../../src/adapters/observe/controller/controller-client.ts'
import { makeAuthority } from '../../src/apps/lab/api/certificates.ts'
import { handedRounds } from '../../src/core/observe/agents/handed-rounds.ts'
import { createAgentServer } from '../../src/http/agent-server.ts'
import { manualClock } from '../fake-api-server/manual-clock.ts'
import { controllerContract } from './controller.ts'

controllerContract('in memory', async () => {
  const rounds = handedRounds(() => 5000)
  return { controller: rounds, arrived: rounds, close: async () => undefined }
})

controllerContract('over HTTPS', async () => {
  const authority = makeAuthority()
  const rounds = handedRounds(() => 5000)
  const server = createAgentServer({
    ...authority.issue({ commonName: 'controller', hosts: ['127.0.0.1'] }),
    controller: rounds,
    identities: { ofToken: async () => ({ node: 'n1' }) },
  })
  const port = await server.listen(0, '127.0.0.1')
  const endpoint = {
    url: new URL(`https://127.0.0.1:${port}`),
    authorities: async () => authority.certificate,
    token: async () => 'a.b.c',
  }
  return {
    controller: controllerClient(endpoint, { clock: manualClock(), random: () => 0 }),
    arrived: rounds,
    close: () => server.close(),
  }
})
