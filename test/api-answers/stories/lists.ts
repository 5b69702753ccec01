import { AS_TABLE, idlePod, inNamespace, NOWHERE, type Exchange, type Story } from '../exchange.ts'

const NAMESPACE = 'answers-lists'
const PODS = `/api/v1/namespaces/${NAMESPACE}/pods`
const list = (what: string, query: string): Exchange => ({ what, ask: `GET ${PODS}?${query}` })
const names = (what: string, query: string): Exchange => ({
  ...list(what, query),
  only: ['kind', 'apiVersion', 'items.metadata.name', 'metadata', 'message', 'reason', 'code', 'details'],
})
const pod = (name: string, labels: object, nodeName?: string): Exchange => ({
  what: `pod ${name} is made`,
  ask: `POST ${PODS}`,
  body: idlePod(name, { labels, ...(nodeName !== undefined && { nodeName }) }),
})

export const lists: Story = {
  id: 'lists',
  exchanges: [
    ...inNamespace(NAMESPACE),
    { what: 'an empty list', ask: `GET ${PODS}` },
    pod('a', { app: 'web', tier: 'front' }),
    pod('b', { app: 'web', tier: 'back' }, NOWHERE),
    pod('c', { app: 'db' }),
    pod('d', {}, NOWHERE),
    list('all of them', ''),
    names('by a label', 'labelSelector=app%3Dweb'),
    names('by a label that it is not', 'labelSelector=app!%3Dweb'),
    names('by one of several values', 'labelSelector=app%20in%20(web%2Cdb)%2Ctier'),
    names('by none of several values', 'labelSelector=app%20notin%20(web)'),
    names('without a label', 'labelSelector=!tier'),
    names('by its name', 'fieldSelector=metadata.name%3Dc'),
    names('by its node', `fieldSelector=spec.nodeName%3D${NOWHERE}`),
    names('by a node that it is not on', `fieldSelector=spec.nodeName!%3D${NOWHERE}`),
    names('by two fields', `fieldSelector=spec.nodeName%3D%3D${NOWHERE},metadata.name!%3Db`),
    names('by its phase', 'fieldSelector=status.phase%3DPending'),
    names('by a phase that it is not in', 'fieldSelector=status.phase!%3DPending'),
    names('by a field that cannot be selected', 'fieldSelector=spec.hostNetwork%3Dtrue'),
    names('by what is no field selector', 'fieldSelector=nonsense'),
    names('by what is no label selector', 'labelSelector=a%3Db%3Dc'),
    { ...names('the first page', 'limit=3'), keep: { page: 'metadata.continue' } },
    names('the last page', 'limit=3&continue={page}'),
    names('pages of nonsense', 'limit=3&continue=nonsense'),
    names('a limit that is no number', 'limit=many'),
    // Out of the server's cache, which had no order in 1.20.
    { ...names('from any version on', 'resourceVersion=0'), inAnyOrder: ['items.metadata.name'] },
    { ...list('as a table', ''), headers: AS_TABLE },
    { ...list('as a table of whole objects', 'includeObject=Object&limit=1'), headers: AS_TABLE },
    { ...list('as a table without objects', 'includeObject=None'), headers: AS_TABLE },
    { what: 'one as a table', ask: `GET ${PODS}/a`, headers: AS_TABLE },
    { what: 'one', ask: `GET ${PODS}/a` },
    { what: 'one that is not there', ask: `GET ${PODS}/none` },
    { what: 'one that is not there as a table', ask: `GET ${PODS}/none`, headers: AS_TABLE },
    {
      what: 'of a namespace that is not there',
      ask: 'GET /api/v1/namespaces/answers-none/pods',
    },
    { what: 'of a kind that is not there', ask: `GET /api/v1/namespaces/${NAMESPACE}/unicorns` },
    { what: 'of a group that is not there', ask: 'GET /apis/example.org/v1/unicorns' },
    { what: 'a namespace below which a node is asked for', ask: `GET /api/v1/namespaces/${NAMESPACE}/nodes` },
  ],
}
