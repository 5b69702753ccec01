/** kubectl's options that say which cluster, and what of it. */
export interface ClusterFlags {
  kubeconfig?: string
  context?: string
  namespace?: string
  allNamespaces: boolean
}

/** The same for the parser of the command line. */
export const clusterFlags = {
  kubeconfig: {
    kind: 'parsed',
    parse: String,
    optional: true,
    brief: 'Kubeconfig to use (default: $KUBECONFIG, then ~/.kube/config)',
    placeholder: 'FILE',
  },
  context: {
    kind: 'parsed',
    parse: String,
    optional: true,
    brief: 'Context of the kubeconfig (default: its current one)',
    placeholder: 'NAME',
  },
  namespace: {
    kind: 'parsed',
    parse: String,
    optional: true,
    brief: 'Only objects of this namespace, where your rights allow no more',
    placeholder: 'NAME',
  },
  allNamespaces: {
    kind: 'boolean',
    default: true,
    withNegated: false,
    brief: 'Objects of all namespaces (the default)',
  },
} as const

/** One letter for those that kubectl has one for. */
export const clusterAliases = { n: 'namespace', A: 'allNamespaces' } as const
