import { AS_TABLE, inNamespace, MERGE, type Exchange, type Story } from '../exchange.ts'

const NAMESPACE = 'answers-watches'
const MAPS = `/api/v1/namespaces/${NAMESPACE}/configmaps`
const OURS = 'labelSelector=made%3Dhere&timeoutSeconds=1'
const map = (name: string): Exchange => ({
  what: `map ${name} is made`,
  ask: `POST ${MAPS}`,
  body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels: { made: 'here' } } },
})

/** Each watch ends by itself, after a second. */
export const watches: Story = {
  id: 'watches',
  exchanges: [
    ...inNamespace(NAMESPACE),
    {
      what: 'nothing yet',
      ask: `GET ${MAPS}?labelSelector=made%3Dhere`,
      keep: { begun: 'metadata.resourceVersion' },
    },
    map('a'),
    map('b'),
    {
      what: 'one is changed',
      ask: `PATCH ${MAPS}/a`,
      headers: MERGE,
      body: { data: { a: '1' } },
      keep: { changed: 'metadata.resourceVersion' },
    },
    {
      what: 'one is not ours any more',
      ask: `PATCH ${MAPS}/b`,
      headers: MERGE,
      body: { metadata: { labels: { made: 'there' } } },
    },
    { what: 'one is deleted', ask: `DELETE ${MAPS}/a` },
    map('c'),
    { what: 'all that happened', ask: `GET ${MAPS}?watch=true&resourceVersion={begun}&${OURS}` },
    { what: 'all since a change', ask: `GET ${MAPS}?watch=1&resourceVersion={changed}&${OURS}` },
    { what: 'what there is', ask: `GET ${MAPS}?watch=true&${OURS}` },
    { what: 'what there is, of any version', ask: `GET ${MAPS}?watch=true&resourceVersion=0&${OURS}` },
    {
      what: 'as a table',
      ask: `GET ${MAPS}?watch=true&resourceVersion={begun}&${OURS}`,
      headers: AS_TABLE,
    },
    {
      what: 'one by its name',
      ask: `GET ${MAPS}?watch=true&fieldSelector=metadata.name%3Dc&timeoutSeconds=1`,
    },
    { what: 'one by its path', ask: `GET ${MAPS}/c?watch=true&timeoutSeconds=1` },
    { what: 'the old way', ask: `GET /api/v1/watch/namespaces/${NAMESPACE}/configmaps/c?timeoutSeconds=1` },
    {
      what: 'from a version that is long past',
      ask: `GET ${MAPS}?watch=true&resourceVersion=1&timeoutSeconds=1`,
    },
    { what: 'from what is no version', ask: `GET ${MAPS}?watch=true&resourceVersion=x&timeoutSeconds=1` },
    { what: 'for no time', ask: `GET ${MAPS}?watch=true&timeoutSeconds=x` },
  ],
}
