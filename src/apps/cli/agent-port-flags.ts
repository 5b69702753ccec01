import { accountName, wholeNumber } from './options.ts'

/** Options of a controller that agents hand their rounds over to, for the parser of the command line. */
export const agentPortFlags = {
  agentPort: {
    kind: 'parsed',
    parse: wholeNumber(0, 65_535),
    optional: true,
    brief: 'Take the rounds of node agents at this port of every address, over TLS (docs/agent.md)',
    placeholder: 'PORT',
  },
  agentCertificate: {
    kind: 'parsed',
    parse: String,
    optional: true,
    brief: 'Certificate that agents know this controller by, PEM; replaced while in use',
    placeholder: 'FILE',
  },
  agentKey: {
    kind: 'parsed',
    parse: String,
    optional: true,
    brief: 'Key of that certificate, PEM',
    placeholder: 'FILE',
  },
  agentAccount: {
    kind: 'parsed',
    parse: accountName,
    default: 'kubepatrol/kubepatrol-agent',
    brief: "ServiceAccount of the agents' pods, as namespace/name",
    placeholder: 'NAME',
  },
} as const
