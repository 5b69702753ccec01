import { at, textAt } from './table/columns.ts'

const ACCESS = /^\/apis\/authorization\.k8s\.io\/v1\/((?:self)?subjectaccessreviews)$/
const TOKEN = '/apis/authentication.k8s.io/v1/tokenreviews'

/** Whether a path is one at which a client asks about rights. */
export function isReview(pathname: string): boolean {
  return ACCESS.test(pathname) || pathname === TOKEN
}

/** What a client may do: in the lab, everything; who it is: the holder of the token. */
export function review(pathname: string, body: unknown, token: string): object {
  const spec = at(body, 'spec') ?? {}
  if (pathname !== TOKEN) {
    const kind = pathname.includes('self') ? 'SelfSubjectAccessReview' : 'SubjectAccessReview'
    return { kind, apiVersion: 'authorization.k8s.io/v1', metadata: {}, spec, status: { allowed: true } }
  }
  const isKnown = textAt(body, 'spec.token') === token
  return {
    kind: 'TokenReview',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: {},
    spec,
    status: isKnown
      ? { authenticated: true, user: { username: 'kubepatrol-lab', groups: ['system:authenticated'] } }
      : { authenticated: false, error: 'the token is not the one of the lab' },
  }
}
