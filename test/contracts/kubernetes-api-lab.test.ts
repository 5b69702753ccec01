import { fixedCredentials } from '../../src/adapters/observe/kubernetes-api/kubeconfig/fixed-credentials.ts'
import { systemClock } from '../../src/adapters/observe/kubernetes-api/system-clock.ts'
import { healthyCluster } from '../../src/apps/lab/scenarios/healthy-cluster.ts'
import { startLab } from '../../src/apps/lab/start-lab.ts'
import { kubernetesApiContract } from './kubernetes-api.ts'

kubernetesApiContract('the lab', async () => {
  const lab = await startLab(healthyCluster, { speed: 1, port: 0, clock: systemClock })
  return {
    connection: {
      server: new URL(lab.url),
      authorities: lab.authority,
      isCertificateChecked: true,
      headers: {},
      credentials: fixedCredentials({ authorization: `Bearer ${lab.token}` }),
    },
    putStorageClass: async (name) =>
      void lab.store.create('storageclasses', {
        metadata: { name },
        provisioner: 'kubernetes.io/no-provisioner',
      }),
    removeStorageClass: async (name) => {
      if (lab.store.get('storageclasses', undefined, name))
        lab.store.remove('storageclasses', undefined, name)
    },
    close: () => lab.close(),
  }
})
