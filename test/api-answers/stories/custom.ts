import { AS_TABLE, inNamespace, MERGE, STRATEGIC, type Story } from '../exchange.ts'

const NAMESPACE = 'answers-custom'
const WIDGETS = `/apis/answers.example.org/v1/namespaces/${NAMESPACE}/widgets`
const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
const widget = (name: string, spec: object) => ({
  apiVersion: 'answers.example.org/v1',
  kind: 'Widget',
  metadata: { name },
  spec,
})
const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }

export const custom: Story = {
  id: 'custom',
  exchanges: [
    ...inNamespace(NAMESPACE),
    {
      what: 'a kind is defined',
      ask: `POST ${DEFINITIONS}`,
      body: {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'widgets.answers.example.org' },
        spec: {
          group: 'answers.example.org',
          scope: 'Namespaced',
          names: { plural: 'widgets', singular: 'widget', kind: 'Widget', shortNames: ['wd'] },
          versions: [
            {
              name: 'v1',
              served: true,
              storage: true,
              subresources: { status: {} },
              schema: {
                openAPIV3Schema: { type: 'object', properties: { spec: anything, status: anything } },
              },
              additionalPrinterColumns: [
                { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
                { name: 'State', type: 'string', jsonPath: '.status.state', priority: 1 },
              ],
            },
          ],
        },
      },
      only: ['kind', 'apiVersion', 'metadata.name', 'spec.names', 'spec.scope', 'spec.group'],
    },
    {
      what: 'it is served',
      ask: 'GET /apis/answers.example.org/v1',
      until: ['kind', 'APIResourceList'],
    },
    {
      what: 'a widget is made',
      ask: `POST ${WIDGETS}`,
      body: widget('one', { size: 1 }),
      until: ['kind', 'Widget'],
    },
    { what: 'as a table', ask: `GET ${WIDGETS}`, headers: AS_TABLE },
    {
      what: 'merged',
      ask: `PATCH ${WIDGETS}/one`,
      headers: MERGE,
      body: { spec: { size: 2 }, status: { state: 'x' } },
    },
    {
      what: 'its status',
      ask: `PATCH ${WIDGETS}/one/status`,
      headers: MERGE,
      body: { status: { state: 'Good' }, spec: { size: 9 } },
    },
    { what: 'no strategic merge', ask: `PATCH ${WIDGETS}/one`, headers: STRATEGIC, body: {} },
    { what: 'replaced without its version', ask: `PUT ${WIDGETS}/one`, body: widget('one', { size: 3 }) },
    { what: 'all', ask: `GET ${WIDGETS}` },
    { what: 'it is deleted', ask: `DELETE ${WIDGETS}/one` },
    {
      what: 'the kind is deleted',
      ask: `DELETE ${DEFINITIONS}/widgets.answers.example.org`,
      only: ['status', 'kind'],
    },
  ],
}
