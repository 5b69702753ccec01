/** Every path of the API; the language of sentences is asked for with `?lang=en|zh-CN` or Accept-Language. */
export const PATHS = {
  session: '/api/v1/session',
  lab: '/api/v1/lab',
  status: '/api/v1/status',
  incidents: '/api/v1/incidents',
  incident: '/api/v1/incidents/{id}',
  nodes: '/api/v1/nodes',
  node: '/api/v1/nodes/{name}',
  /** Agents hand over their rounds here, at an address of its own. */
  rounds: '/api/v1/nodes/{name}/rounds',
  usage: '/api/v1/nodes/{name}/usage',
  forecast: '/api/v1/nodes/{name}/forecast',
  findings: '/api/v1/findings',
  changes: '/api/v1/changes',
  deliveries: '/api/v1/deliveries',
  stream: '/api/v1/stream',
  openapi: '/api/v1/openapi.json',
} as const
