import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/adapters/observe/kubernetes-api/system-clock.ts'
import { healthyCluster } from '../../src/apps/lab/scenarios/healthy-cluster.ts'
import { startLab, type RunningLab } from '../../src/apps/lab/start-lab.ts'
import { asker } from '../api-answers/asker.ts'
import { createAll } from './create-manifests.ts'
import { manifests } from './manifests.ts'

let lab: RunningLab
let asking: ReturnType<typeof asker>
beforeAll(async () => {
  lab = await startLab(healthyCluster, { speed: 1, port: 0, clock: systemClock })
  asking = asker({ server: lab.url, authority: lab.authority, token: lab.token })
})
afterAll(async () => {
  asking?.close()
  await lab?.close()
})

describe('the API of the lab', () => {
  it('would take every manifest, and loses nothing of it', async () => {
    const [namespace, ...others] = manifests()
    if (!namespace) throw new Error('there are no manifests')
    expect(await createAll(asking.ask, [namespace])).toMatchObject([{ status: 201 }])
    const answers = await createAll(asking.ask, others, '?dryRun=All')
    expect(answers).toMatchObject(others.map((answer) => ({ status: 201, answer })))
    expect(lab.store.list('daemonsets').map(({ metadata }) => metadata.name)).not.toContain(
      'kubepatrol-agent',
    )
  })
})
