import type { Exchange, Story } from '../exchange.ts'

const GROUPS = [
  'apps/v1',
  'batch/v1',
  'batch/v1beta1',
  'policy/v1beta1',
  'storage.k8s.io/v1',
  'coordination.k8s.io/v1',
  'scheduling.k8s.io/v1',
  'rbac.authorization.k8s.io/v1',
  'apiextensions.k8s.io/v1',
  'authorization.k8s.io/v1',
  'authentication.k8s.io/v1',
  'discovery.k8s.io/v1beta1',
]
const group = (name: string): Exchange => ({ what: name, ask: `GET /apis/${name}` })
const review = (what: string, kind: string, spec: object): Exchange => ({
  what,
  ask: `POST /apis/authorization.k8s.io/v1/${kind.toLowerCase()}s`,
  body: { apiVersion: 'authorization.k8s.io/v1', kind, spec },
  only: ['kind', 'apiVersion', 'spec', 'status.allowed', 'code', 'reason'],
})
const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json'

/** The lab serves less than Kubernetes; what it serves it describes as Kubernetes does. */
export const discovery: Story = {
  id: 'discovery',
  isPartOf: true,
  exchanges: [
    { what: 'the core', ask: 'GET /api', only: ['kind', 'versions'] },
    { what: 'its kinds', ask: 'GET /api/v1' },
    { what: 'groups', ask: 'GET /apis' },
    { what: 'groups, gathered', ask: 'GET /apis', headers: { accept: AGGREGATED } },
    { what: 'a group', ask: 'GET /apis/apps' },
    { what: 'no group', ask: 'GET /apis/example.org' },
    { what: 'no version', ask: 'GET /apis/apps/v9' },
    ...GROUPS.map(group),
    { what: 'the version', ask: 'GET /version', only: ['major', 'minor', 'platform'] },
    { what: 'health', ask: 'GET /healthz' },
    { what: 'readiness', ask: 'GET /readyz' },
    { what: 'no such page', ask: 'GET /unknown' },
    review('may we', 'SelfSubjectAccessReview', {
      resourceAttributes: { verb: 'delete', resource: 'pods', namespace: 'default' },
    }),
    review('may we what', 'SelfSubjectAccessReview', {}),
  ],
}
