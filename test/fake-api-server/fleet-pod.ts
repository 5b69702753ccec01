import type { StoredObject } from './object-store.ts'

/** Which pod of the fleet it is. */
export interface FleetPod {
  index: number
  namespace: string
  app: string
  nodeName: string
  /** The claim it mounts, if any. */
  claim?: string
  random: () => number
}

const CREATED = '2026-01-05T03:12:44Z'
const hex = (random: () => number, digits: number) =>
  Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('')

/** A running pod as a real API server sends it, with all that nobody asked for: 6 to 8 KB. */
export function fleetPod({ index, namespace, app, nodeName, claim, random }: FleetPod): StoredObject {
  const name = `${app}-${hex(random, 10)}-${index}`
  const uid = `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`
  const image = `registry.example.com/${namespace}/${app}:1.${index % 40}.${index % 7}`
  const labels = {
    app,
    'pod-template-hash': hex(random, 10),
    'app.kubernetes.io/part-of': namespace,
    team: `team-${index % 20}`,
  }
  const containers = ['main', 'sidecar'].map((container) => containerOf(container, image, app))
  const spec = {
    volumes: [
      { name: 'cache', emptyDir: { sizeLimit: '2Gi' } },
      { name: 'config', configMap: { name: `${app}-config`, defaultMode: 420 } },
      ...(claim === undefined ? [] : [{ name: 'data', persistentVolumeClaim: { claimName: claim } }]),
      {
        name: 'kube-api-access-x7k2p',
        projected: {
          defaultMode: 420,
          sources: [
            { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
            { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          ],
        },
      },
    ],
    containers,
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: 'default',
    nodeName,
    securityContext: { runAsNonRoot: true, fsGroup: 2000 },
    schedulerName: 'default-scheduler',
    tolerations: ['not-ready', 'unreachable'].map((key) => ({
      key: `node.kubernetes.io/${key}`,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 300,
    })),
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
  }
  const metadata = {
    name,
    generateName: `${app}-`,
    namespace,
    uid,
    creationTimestamp: CREATED,
    labels,
    annotations: {
      'prometheus.io/scrape': 'true',
      'checksum/config': hex(random, 64),
      'cni.example.org/podIPs': `10.${index % 250}.3.7/32`,
    },
    ownerReferences: [
      {
        apiVersion: 'apps/v1',
        kind: claim === undefined ? 'ReplicaSet' : 'StatefulSet',
        name: app,
        uid: `${uid.slice(0, -4)}0000`,
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
    managedFields: managedFields(containers.map((container) => container.name)),
  }
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec, status: statusOf(containers, image, random) }
}

function containerOf(name: string, image: string, app: string) {
  const probe = {
    httpGet: { path: '/healthz', port: 8080, scheme: 'HTTP' },
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  }
  return {
    name,
    image,
    args: ['--config=/etc/app/config.yaml', '--log-format=json', `--name=${app}`],
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    env: ['LOG_LEVEL', 'REGION', 'POD_NAME', 'DATABASE_URL'].map((variable) => ({
      name: variable,
      value: `${variable.toLowerCase()}-of-${app}`,
    })),
    resources: {
      requests: { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '1Gi' },
      limits: { cpu: '1', memory: '512Mi', 'ephemeral-storage': '4Gi' },
    },
    volumeMounts: [
      { name: 'cache', mountPath: '/var/cache/app' },
      { name: 'config', mountPath: '/etc/app' },
      {
        name: 'kube-api-access-x7k2p',
        readOnly: true,
        mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
      },
    ],
    livenessProbe: probe,
    readinessProbe: probe,
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
    securityContext: {
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
    },
  }
}

function statusOf(containers: readonly { name: string }[], image: string, random: () => number) {
  const condition = (type: string) => ({
    type,
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: CREATED,
  })
  return {
    phase: 'Running',
    conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(condition),
    hostIP: '10.0.3.17',
    podIP: '10.12.3.7',
    podIPs: [{ ip: '10.12.3.7' }],
    startTime: CREATED,
    containerStatuses: containers.map(({ name }) => ({
      name,
      state: { running: { startedAt: CREATED } },
      lastState: {},
      ready: true,
      restartCount: 0,
      image,
      imageID: `registry.example.com/app@sha256:${hex(random, 64)}`,
      containerID: `containerd://${hex(random, 64)}`,
      started: true,
    })),
    qosClass: 'Burstable',
  }
}

/** Who set which field: a third of what a real pod weighs. */
function managedFields(containers: readonly string[]) {
  const field = (names: readonly string[]) => Object.fromEntries(names.map((name) => [`f:${name}`, {}]))
  const each = Object.fromEntries(
    containers.map((name) => [
      `k:{"name":"${name}"}`,
      {
        '.': {},
        ...field([
          'args',
          'image',
          'imagePullPolicy',
          'name',
          'terminationMessagePath',
          'terminationMessagePolicy',
        ]),
        'f:env': Object.fromEntries(
          ['LOG_LEVEL', 'REGION', 'POD_NAME', 'DATABASE_URL'].map((env) => [
            `k:{"name":"${env}"}`,
            { '.': {}, ...field(['name', 'value']) },
          ]),
        ),
        'f:resources': {
          '.': {},
          'f:limits': field(['.', 'cpu', 'memory']),
          'f:requests': field(['.', 'cpu', 'memory']),
        },
        'f:livenessProbe': field([
          'failureThreshold',
          'httpGet',
          'periodSeconds',
          'successThreshold',
          'timeoutSeconds',
        ]),
      },
    ]),
  )
  const entry = (manager: string, fieldsV1: object) => ({
    manager,
    operation: 'Update',
    apiVersion: 'v1',
    time: CREATED,
    fieldsType: 'FieldsV1',
    fieldsV1,
  })
  return [
    entry('kube-controller-manager', {
      'f:metadata': field(['annotations', 'generateName', 'labels', 'ownerReferences']),
      'f:spec': {
        'f:containers': each,
        ...field([
          'dnsPolicy',
          'enableServiceLinks',
          'restartPolicy',
          'schedulerName',
          'securityContext',
          'terminationGracePeriodSeconds',
          'volumes',
        ]),
      },
    }),
    entry('kubelet', {
      'f:status': {
        'f:conditions': Object.fromEntries(
          ['ContainersReady', 'Initialized', 'Ready'].map((type) => [
            `k:{"type":"${type}"}`,
            field(['.', 'lastProbeTime', 'lastTransitionTime', 'status', 'type']),
          ]),
        ),
        ...field(['containerStatuses', 'hostIP', 'phase', 'podIP', 'podIPs', 'startTime']),
      },
    }),
  ]
}
