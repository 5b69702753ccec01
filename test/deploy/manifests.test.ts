import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { TOKEN_REVIEWS_PATH } from '../../src/adapters/observe/kubernetes-api/transport/api-path.ts'
import { agentCommand } from '../../src/apps/cli/agent-command.ts'
import { serveCommand } from '../../src/apps/cli/serve-command.ts'
import { RESOURCES } from '../../src/core/kubernetes/resources.ts'
import { CONTROLLER_AUDIENCE } from '../../src/core/observe/agents/agent-identity.ts'
import { manifest, manifestFiles, manifests, podsOf, type Manifest } from './manifests.ts'

const all = manifests()
const agent = podsOf(manifest('DaemonSet', 'kubepatrol-agent', all)).spec
const controller = podsOf(manifest('Deployment', 'kubepatrol', all)).spec

/** What a command takes, from its own table; the table itself is not in the types of the library. */
const flagsOf = (command: unknown) =>
  (command as { parameters: { flags: Record<string, { parse?: (input: string) => unknown }> } }).parameters
    .flags
const camelCase = (option: string) => option.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** The options of a container, as its program reads them. */
function given(args: readonly string[], command: unknown): Record<string, unknown> {
  const flags = flagsOf(command)
  return Object.fromEntries(
    args.map((arg) => {
      const [, option = '', value = ''] = /^--([a-z-]+)=(.+)$/.exec(arg) ?? []
      const flag = Object.hasOwn(flags, camelCase(option)) ? flags[camelCase(option)] : undefined
      if (!flag?.parse) throw new Error(`${arg} is no option with a value`)
      return [camelCase(option), flag.parse(value)]
    }),
  )
}

const agentOptions = given(agent.containers[0].args.slice(1), agentCommand)
const controllerOptions = given(controller.containers[0].args.slice(1), serveCommand)

describe('the manifests', () => {
  it('are all in the kustomization, and each object once', () => {
    const { resources } = parse(readFileSync('deploy/kustomization.yaml', 'utf8')) as { resources: string[] }
    expect(resources.map((file) => path.join('deploy', file))).toEqual(manifestFiles())
    const names = all.map(({ kind, metadata: { name } }) => `${kind}/${name}`)
    expect(new Set(names).size).toBe(names.length)
    expect(all[0]).toMatchObject({ kind: 'Namespace', metadata: { name: 'kubepatrol' } })
  })

  it('start commands that there are, with options that they take', () => {
    expect([agent.containers[0].args[0], controller.containers[0].args[0]]).toEqual(['agent', 'serve'])
    expect(() => given(['--no-such=1'], serveCommand)).toThrow('--no-such')
  })

  it('name the image of this version, which is never pulled when it is there', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    for (const {
      containers: [{ image, imagePullPolicy }],
    } of [agent, controller]) {
      expect(image).toBe(`localhost/kubepatrol:${version}`)
      expect(imagePullPolicy).toBe('IfNotPresent')
    }
  })

  it('show the agent the whole node, and let it change nothing', () => {
    expect(agent.containers[0]).toMatchObject({
      securityContext: {
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'], add: ['DAC_READ_SEARCH', 'SYS_PTRACE'] },
      },
    })
    const root = agent.volumes.find((volume) => 'hostPath' in volume)
    expect(root).toMatchObject({ hostPath: { path: '/' } })
    expect(agent.containers[0].volumeMounts).toContainEqual({
      name: root?.name,
      mountPath: agentOptions['hostRoot'],
      readOnly: true,
      mountPropagation: 'HostToContainer',
    })
    expect(agent.containers[0].volumeMounts.filter(({ readOnly }) => readOnly !== true)).toEqual([])
    expect(agent).toMatchObject({
      priorityClassName: 'system-node-critical',
      tolerations: [{ operator: 'Exists' }],
    })
  })

  it('have agent and controller meet: address, port, certificate, account and token', () => {
    const service = manifest('Service', 'kubepatrol', all)
    const url = agentOptions['controller'] as URL
    expect(url.hostname).toBe(`${service.metadata.name}.${service.metadata.namespace}.svc`)
    expect(service.spec?.ports).toEqual([
      { name: 'agents', port: Number(url.port), targetPort: controller.containers[0].ports?.[0]?.name },
    ])
    expect(controller.containers[0].ports?.[0]?.containerPort).toBe(controllerOptions['agentPort'])
    expect(podsOf(manifest('Deployment', 'kubepatrol', all)).metadata.labels).toMatchObject(
      service.spec?.selector ?? {},
    )
    const { metadata } = manifest('ServiceAccount', agent.serviceAccountName, all)
    expect(controllerOptions['agentAccount']).toEqual({ namespace: metadata.namespace, name: metadata.name })
    expect(sourceOf(agentOptions['controllerToken'], agent)).toMatchObject({
      projected: { sources: [{ serviceAccountToken: { audience: CONTROLLER_AUDIENCE, path: 'token' } }] },
    })
    expect(sourceOf(agentOptions['controllerCa'], agent)).toMatchObject({ configMap: { optional: true } })
    for (const option of ['agentCertificate', 'agentKey']) {
      expect(sourceOf(controllerOptions[option], controller)).toHaveProperty('secret')
    }
    for (const option of ['addressFile', 'store']) {
      expect(sourceOf(controllerOptions[option], controller)).toHaveProperty('emptyDir')
    }
  })
})

describe('the way to kube-system that docs/install.md describes', () => {
  it('moves everything, and agent and controller still meet', () => {
    const script = /\| sed '([^']+)'/.exec(readFileSync('docs/install.md', 'utf8'))?.[1] ?? ''
    const moved = manifests((text) => execFileSync('sed', [script], { input: text, encoding: 'utf8' }))
    const namespaces = moved.flatMap(({ metadata, subjects }) => [
      ...(metadata.namespace === undefined ? [] : [metadata.namespace]),
      ...(subjects ?? []).map(({ namespace }) => namespace),
    ])
    expect(new Set(namespaces)).toEqual(new Set(['kube-system']))
    const { args } = podsOf(manifest('DaemonSet', 'kubepatrol-agent', moved)).spec.containers[0]
    expect(args).toContain('--controller=https://kubepatrol.kube-system.svc:7443')
    const { args: ofController } = podsOf(manifest('Deployment', 'kubepatrol', moved)).spec.containers[0]
    expect(ofController).toContain('--agent-account=kube-system/kubepatrol-agent')
  })
})

/** The volume that a file of a container's is in. */
function sourceOf(file: unknown, { containers, volumes }: typeof agent) {
  const mount = containers[0].volumeMounts.find(({ mountPath }) => mountPath === path.dirname(String(file)))
  return volumes.find(({ name }) => name === mount?.name)
}

/** What an account may do, as `verb group/resource`, with the namespace it is bound to. */
function rightsOf(account: string): string[] {
  const bindings = all.filter(({ subjects }) => subjects?.some(({ name }) => name === account))
  return bindings.flatMap(({ kind, roleRef, metadata }) => {
    const { rules = [] } = manifest(roleRef?.kind ?? '', roleRef?.name ?? '', all)
    const scope = kind === 'RoleBinding' ? ` in ${metadata.namespace}` : ''
    return rules.flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) => verbs.map((verb) => `${verb} ${group}/${resource}${scope}`)),
      ),
    )
  })
}

describe('the rights', () => {
  it('of the controller are what it asks for, and no more', () => {
    const asked = Object.entries(RESOURCES).flatMap(([resource, { groupVersions }]) =>
      groupVersions.flatMap((groupVersion) =>
        ['list', 'watch'].map((verb) => `${verb} ${groupOf(`/${groupVersion}`)}/${resource}`),
      ),
    )
    const reviews = `create ${groupOf(TOKEN_REVIEWS_PATH)}/${path.basename(TOKEN_REVIEWS_PATH)}`
    const ofAgents = 'get /pods in kubepatrol'
    expect(new Set(rightsOf(controller.serviceAccountName))).toEqual(new Set([...asked, reviews, ofAgents]))
  })

  it('of the agent are what its kubelet asks of whom it answers, and no more', () => {
    expect(new Set(rightsOf(agent.serviceAccountName))).toEqual(
      new Set(['get /nodes/stats', 'get /nodes/metrics', 'get /nodes/configz']),
    )
  })

  it('are bound to the accounts of these manifests', () => {
    const bound = all.flatMap(({ subjects }: Manifest) => subjects ?? [])
    for (const { name, namespace } of bound) {
      expect(manifest('ServiceAccount', name, all).metadata.namespace).toBe(namespace)
    }
    expect(bound).toHaveLength(3)
  })
})

/** `/apis/GROUP/VERSION…`, or `/api/v1…` of the group without a name. */
function groupOf(apiPath: string): string {
  return /^\/apis\/([^/]+)\//.exec(apiPath)?.[1] ?? ''
}
