import { buildCommand } from '@stricli/core'
import { keepHeapSmall } from '../agent/keep-heap-small.ts'
import { AGENT_OUTPUTS, type AgentFlags } from './agent-flags.ts'
import { clusterFlags } from './cluster-flags.ts'
import { configFlag, httpsAddress, langFlag, positiveDuration, storeFlag } from './options.ts'

const optionalText = (brief: string, placeholder: string) =>
  ({ kind: 'parsed', parse: String, optional: true, brief, placeholder }) as const

export const agentCommand = buildCommand<AgentFlags>({
  async loader() {
    keepHeapSmall()
    return (await import('../agent/agent.ts')).agent
  },
  parameters: {
    flags: {
      once: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Print one observation of the node, and end',
      },
      output: {
        kind: 'enum',
        values: AGENT_OUTPUTS,
        default: 'text',
        brief:
          'Form of the observation with --once: text says where the bytes are, json is what scan --from reads',
      },
      hostRoot: {
        kind: 'parsed',
        parse: String,
        default: '/',
        brief: 'Where the root directory of the host is mounted',
        placeholder: 'DIR',
      },
      nodeName: optionalText(
        'Name of the node (default: $NODE_NAME, then what its kubelet calls it)',
        'NAME',
      ),
      runtime: optionalText("Socket of the container runtime (default: the kubelet's)", 'SOCKET'),
      kubelet: optionalText(
        'Address of the kubelet (default: its port on $HOST_IP, then on loopback)',
        'URL',
      ),
      kubeconfig: optionalText(
        'Kubeconfig with which the kubelet is asked (default: the service account of the pod)',
        'FILE',
      ),
      context: clusterFlags.context,
      kubeletLog: optionalText("File with the kubelet's log (default: the journal)", 'FILE'),
      interval: {
        kind: 'parsed',
        parse: positiveDuration,
        default: '10s',
        brief: 'Time between two rounds',
        placeholder: 'TIME',
      },
      controller: {
        kind: 'parsed',
        parse: httpsAddress,
        optional: true,
        brief: 'Hand each round over to the controller at this address (docs/agent.md)',
        placeholder: 'URL',
      },
      controllerToken: {
        kind: 'parsed',
        parse: String,
        default: '/var/run/secrets/kubepatrol/token',
        brief: 'Token that the controller is shown, for the audience kubepatrol-controller',
        placeholder: 'FILE',
      },
      controllerCa: optionalText(
        "Authorities of the controller's certificate (default: those of the system)",
        'FILE',
      ),
      registries: {
        kind: 'boolean',
        default: true,
        brief: 'Ask registries, without credentials, which images they could give again',
      },
      config: configFlag,
      store: storeFlag,
      lang: langFlag,
    },
    aliases: { o: 'output' },
  },
  docs: { brief: 'Patrol the node it runs on, without the API server' },
})
