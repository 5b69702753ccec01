/** A field of a message: how it is called in JSON, and what it holds. */
export interface MessageField {
  name: string
  /** `string`, `bytes`, `int`, `bool`, or another message. */
  type: string
  shape: 'single' | 'list' | 'map'
  /** Whether an empty or zero value is one that was set (in Go: a pointer). */
  isOptional: boolean
}

/**
 * The messages kubectl sends in Protocol Buffers where it has Go types (`generated.proto` of k8s.io/api). After the
 * number and name of a field its type: `[]` for a list, `{}` for a map with strings as keys, `?` for a pointer.
 */
const TYPES: Readonly<Record<string, string>> = {
  ObjectMeta:
    '1 name string, 2 generateName string, 3 namespace string, 4 selfLink string, 5 uid string, 6 resourceVersion string, 7 generation int, 8 creationTimestamp Time, 9 deletionTimestamp Time, 10 deletionGracePeriodSeconds int?, 11 labels string{}, 12 annotations string{}, 13 ownerReferences OwnerReference[], 14 finalizers string[]',
  OwnerReference:
    '1 kind string, 3 name string, 4 uid string, 5 apiVersion string, 6 controller bool?, 7 blockOwnerDeletion bool?',
  LabelSelector: '1 matchLabels string{}, 2 matchExpressions LabelSelectorRequirement[]',
  LabelSelectorRequirement: '1 key string, 2 operator string, 3 values string[]',
  ObjectReference:
    '1 kind string, 2 namespace string, 3 name string, 4 uid string, 5 apiVersion string, 6 resourceVersion string, 7 fieldPath string',
  LocalObjectReference: '1 name string',
  Nothing: '',

  Namespace: '1 metadata ObjectMeta, 2 spec NamespaceSpec, 3 status NamespaceStatus',
  NamespaceSpec: '1 finalizers string[]',
  NamespaceStatus: '1 phase string',
  ConfigMap: '1 metadata ObjectMeta, 2 data string{}, 3 binaryData bytes{}, 4 immutable bool?',
  Secret: '1 metadata ObjectMeta, 2 data bytes{}, 3 type string, 4 stringData string{}, 5 immutable bool?',
  ServiceAccount:
    '1 metadata ObjectMeta, 2 secrets ObjectReference[], 3 imagePullSecrets LocalObjectReference[], 4 automountServiceAccountToken bool?',
  ResourceQuota: '1 metadata ObjectMeta, 2 spec ResourceQuotaSpec, 3 status Nothing',
  ResourceQuotaSpec: '1 hard Quantity{}, 2 scopes string[]',
  PriorityClass:
    '1 metadata ObjectMeta, 2 value int, 3 globalDefault bool, 4 description string, 5 preemptionPolicy string?',
  PodDisruptionBudget:
    '1 metadata ObjectMeta, 2 spec PodDisruptionBudgetSpec, 3 status PodDisruptionBudgetStatus',
  PodDisruptionBudgetSpec:
    '1 minAvailable IntOrString?, 2 selector LabelSelector?, 3 maxUnavailable IntOrString?, 4 unhealthyPodEvictionPolicy string?',
  PodDisruptionBudgetStatus:
    '1 observedGeneration int, 3 disruptionsAllowed int, 4 currentHealthy int, 5 desiredHealthy int, 6 expectedPods int',
  Role: '1 metadata ObjectMeta, 2 rules PolicyRule[]',
  ClusterRole: '1 metadata ObjectMeta, 2 rules PolicyRule[], 3 aggregationRule AggregationRule?',
  AggregationRule: '1 clusterRoleSelectors LabelSelector[]',
  PolicyRule:
    '1 verbs string[], 2 apiGroups string[], 3 resources string[], 4 resourceNames string[], 5 nonResourceURLs string[]',
  RoleBinding: '1 metadata ObjectMeta, 2 subjects Subject[], 3 roleRef RoleRef',
  ClusterRoleBinding: '1 metadata ObjectMeta, 2 subjects Subject[], 3 roleRef RoleRef',
  Subject: '1 kind string, 2 apiGroup string, 3 name string, 4 namespace string',
  RoleRef: '1 apiGroup string, 2 kind string, 3 name string',

  DeleteOptions:
    '1 gracePeriodSeconds int?, 2 preconditions Preconditions?, 3 orphanDependents bool?, 4 propagationPolicy string?, 5 dryRun string[]',
  Preconditions: '1 uid string?, 2 resourceVersion string?',
  Eviction: '1 metadata ObjectMeta, 2 deleteOptions DeleteOptions?',
  Binding: '1 metadata ObjectMeta, 2 target ObjectReference',

  SelfSubjectAccessReview: '1 metadata ObjectMeta, 2 spec AccessReviewSpec, 3 status AccessReviewStatus',
  AccessReviewSpec:
    '1 resourceAttributes ResourceAttributes?, 2 nonResourceAttributes NonResourceAttributes?',
  SubjectAccessReview: '1 metadata ObjectMeta, 2 spec SubjectAccessReviewSpec, 3 status AccessReviewStatus',
  SubjectAccessReviewSpec:
    '1 resourceAttributes ResourceAttributes?, 2 nonResourceAttributes NonResourceAttributes?, 3 user string, 4 groups string[], 6 uid string',
  AccessReviewStatus: '1 allowed bool, 2 reason string, 3 evaluationError string, 4 denied bool',
  ResourceAttributes:
    '1 namespace string, 2 verb string, 3 group string, 4 version string, 5 resource string, 6 subresource string, 7 name string',
  NonResourceAttributes: '1 path string, 2 verb string',
  SelfSubjectRulesReview: '1 metadata ObjectMeta, 2 spec RulesReviewSpec, 3 status RulesReviewStatus',
  RulesReviewSpec: '1 namespace string',
  RulesReviewStatus: '3 incomplete bool, 4 evaluationError string',
  SelfSubjectReview: '1 metadata ObjectMeta, 2 status SelfSubjectReviewStatus',
  SelfSubjectReviewStatus: '1 userInfo UserInfo',
  UserInfo: '1 username string, 2 uid string, 3 groups string[]',
  TokenReview: '1 metadata ObjectMeta, 2 spec TokenReviewSpec, 3 status TokenReviewStatus',
  TokenReviewSpec: '1 token string, 2 audiences string[]',
  TokenReviewStatus: '1 authenticated bool, 2 user UserInfo, 3 error string',
}

const FIELD = /(\d+) (\w+) (\w+)(\[\]|\{\}|\?)?/g
const SHAPES: Partial<Record<string, MessageField['shape']>> = { '[]': 'list', '{}': 'map' }

/** The fields of a message by their numbers; undefined for one that is not known. */
export const MESSAGE_TYPES: ReadonlyMap<string, ReadonlyMap<number, MessageField>> = new Map(
  Object.entries(TYPES).map(([type, fields]) => [type, new Map([...fields.matchAll(FIELD)].map(fieldOf))]),
)

function fieldOf([, number, name = '', type = '', suffix = '']: RegExpExecArray): [number, MessageField] {
  return [Number(number), { name, type, shape: SHAPES[suffix] ?? 'single', isOptional: suffix === '?' }]
}
