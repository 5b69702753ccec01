import { invalid, invalidValue } from '../store/api-refusal.ts'
import { at, textAt } from './table/columns.ts'

const EVERYTHING = {
  resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
  nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
  incomplete: false,
}
const USER = { username: 'kubepatrol-lab', groups: ['system:masters', 'system:authenticated'] }

/** The kinds a client asks about rights with, by their paths below `/apis`, and what each is answered. */
const ANSWERS: Partial<Record<string, { kind: string; status: (body: unknown, token: string) => object }>> = {
  'authorization.k8s.io/v1/selfsubjectaccessreviews': {
    kind: 'SelfSubjectAccessReview',
    status: () => ({ allowed: true }),
  },
  'authorization.k8s.io/v1/subjectaccessreviews': {
    kind: 'SubjectAccessReview',
    status: () => ({ allowed: true }),
  },
  'authorization.k8s.io/v1/selfsubjectrulesreviews': {
    kind: 'SelfSubjectRulesReview',
    status: () => EVERYTHING,
  },
  'authentication.k8s.io/v1/selfsubjectreviews': {
    kind: 'SelfSubjectReview',
    status: () => ({ userInfo: USER }),
  },
  'authentication.k8s.io/v1/tokenreviews': {
    kind: 'TokenReview',
    status: (body, token) =>
      textAt(body, 'spec.token') === token
        ? { authenticated: true, user: USER }
        : { authenticated: false, error: 'the token is not the one of the lab' },
  },
}

/** Whether a path is one at which a client asks about rights. */
export function isReview(pathname: string): boolean {
  return answerAt(pathname) !== undefined
}

/** What a client may do: in the lab, everything; who it is: the holder of the token. */
export function review(pathname: string, body: unknown, token: string): object {
  const answer = answerAt(pathname)
  if (answer === undefined) throw new TypeError(`no review: ${pathname}`)
  const [, , group = '', version] = pathname.split('/')
  const asks = ['resourceAttributes', 'nonResourceAttributes'].filter((one) => at(body, `spec.${one}`))
  if (answer.kind.endsWith('AccessReview') && asks.length !== 1) {
    const why = 'exactly one of nonResourceAttributes or resourceAttributes must be specified'
    const value = at(body, 'spec.resourceAttributes') ?? null
    throw invalid({ kind: answer.kind, group }, '', [invalidValue('spec.resourceAttributes', value, why)])
  }
  return {
    kind: answer.kind,
    apiVersion: `${group}/${version}`,
    metadata: {},
    spec: at(body, 'spec') ?? {},
    status: answer.status(body, token),
  }
}

function answerAt(pathname: string) {
  return pathname.startsWith('/apis/') ? ANSWERS[pathname.slice('/apis/'.length)] : undefined
}
