import { recordOf } from '../store/kubernetes-object.ts'
import { withTemplateDefaults } from './pod-defaults.ts'

type Fields = Readonly<Record<string, unknown>>

/** What the API server fills in of a workload that keeps a number of pods. */
export function withWorkloadDefaults(kind: string, spec: Fields): Fields {
  const { template } = spec
  return {
    replicas: 1,
    ...(kind === 'StatefulSet' && SET_DEFAULTS),
    ...spec,
    ...(template !== undefined && { template: withinTemplate(recordOf(template)) }),
    ...claimTemplates(spec),
  }
}

const SET_DEFAULTS = {
  podManagementPolicy: 'OrderedReady',
  revisionHistoryLimit: 10,
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
}

function withinTemplate(template: Fields): Fields {
  return {
    ...template,
    metadata: { creationTimestamp: null, ...recordOf(template['metadata']) },
    spec: withTemplateDefaults(recordOf(template['spec'])),
  }
}

function claimTemplates({ volumeClaimTemplates: listed }: Fields): Fields {
  if (!Array.isArray(listed)) return {}
  const volumeClaimTemplates = listed.map(recordOf).map((claim) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    ...claim,
    metadata: { creationTimestamp: null, ...recordOf(claim['metadata']) },
    spec: { volumeMode: 'Filesystem', ...recordOf(claim['spec']) },
    status: { phase: 'Pending' },
  }))
  return { volumeClaimTemplates }
}
