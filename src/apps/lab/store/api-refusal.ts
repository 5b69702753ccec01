/** Why a request is refused, in the words of Kubernetes (`metav1.StatusReason`), and the HTTP status of each. */
export const REFUSAL_CODES = {
  BadRequest: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  AlreadyExists: 409,
  Conflict: 409,
  Expired: 410,
  Gone: 410,
  RequestEntityTooLarge: 413,
  UnsupportedMediaType: 415,
  Invalid: 422,
  TooManyRequests: 429,
  InternalError: 500,
  /** Kubernetes says no reason then. */
  Unknown: 500,
  ServiceUnavailable: 503,
} as const
export type RefusalReason = keyof typeof REFUSAL_CODES

/** What a Status says besides its message: the object it is about, and the causes of it. */
export interface RefusalDetails {
  name?: string
  group?: string
  kind?: string
  uid?: string
  causes?: readonly { reason?: string; message: string; field?: string }[]
  retryAfterSeconds?: number
}

/** A request that is refused, as a Status of Kubernetes says it. */
export class ApiRefusal extends Error {
  readonly reason: RefusalReason
  readonly details: RefusalDetails | undefined

  constructor(reason: RefusalReason, message: string, details?: RefusalDetails) {
    super(message)
    this.name = 'ApiRefusal'
    this.reason = reason
    this.details = details
  }

  get code(): number {
    return REFUSAL_CODES[this.reason]
  }

  /** The object that explains it to a client. */
  status(): object {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      ...(this.reason !== 'Unknown' && { reason: this.reason }),
      ...(this.details && { details: this.details }),
      code: this.code,
    }
  }
}

/** Which objects a refusal is about: `pods`, or `statefulsets.apps`. */
interface Subject {
  name: string
  group: string
}

const titleOf = ({ name, group }: Subject) => (group === '' ? name : `${name}.${group}`)
const detailsOf = ({ name: kind, group }: Subject, name: string): RefusalDetails => ({
  name,
  ...(group === '' ? {} : { group }),
  kind,
})

export function notFound(subject: Subject, name: string): ApiRefusal {
  return new ApiRefusal('NotFound', `${titleOf(subject)} "${name}" not found`, detailsOf(subject, name))
}

export function alreadyExists(subject: Subject, name: string): ApiRefusal {
  const message = `${titleOf(subject)} "${name}" already exists`
  return new ApiRefusal('AlreadyExists', message, detailsOf(subject, name))
}

export function conflict(subject: Subject, name: string, why: string): ApiRefusal {
  const message = `Operation cannot be fulfilled on ${titleOf(subject)} "${name}": ${why}`
  return new ApiRefusal('Conflict', message, detailsOf(subject, name))
}

/** What is wrong with a field of an object (`field.Error` of apimachinery). */
export interface FieldProblem {
  field: string
  message: string
  reason: 'FieldValueInvalid' | 'FieldValueRequired' | 'FieldValueNotSupported' | 'FieldValueForbidden'
}

/** Refuses an object for all that is wrong with it; the message says each problem once. */
export function invalid(
  { group, kind }: { group: string; kind: string },
  name: string,
  problems: readonly FieldProblem[],
): ApiRefusal {
  const titled = group === '' ? kind : `${kind}.${group}`
  const said = [...new Set(problems.map(({ field, message }) => `${field}: ${message}`))]
  const words = said.length === 1 ? said[0] : `[${said.join(', ')}]`
  return new ApiRefusal('Invalid', `${titled} "${name}" is invalid: ${words}`, {
    ...(name !== '' && { name }),
    ...(group === '' ? {} : { group }),
    ...(kind !== '' && { kind }),
    causes: problems.map(({ reason, message, field }) => ({ reason, message, field })),
  })
}

/** A value that is wrong by a rule. */
export function invalidValue(field: string, value: unknown, rule: string): FieldProblem {
  return { field, message: `Invalid value: ${JSON.stringify(value)}: ${rule}`, reason: 'FieldValueInvalid' }
}

/** A value that has to be there. */
export function requiredValue(field: string, why = ''): FieldProblem {
  const message = why === '' ? 'Required value' : `Required value: ${why}`
  return { field, message, reason: 'FieldValueRequired' }
}

/** A value that is none of those there are; `shown` as Go writes it. */
export function unsupportedValue(field: string, shown: string, supported: readonly string[]): FieldProblem {
  const list = supported.map((one) => JSON.stringify(one)).join(', ')
  const message = `Unsupported value: ${shown}: supported values: ${list}`
  return { field, message, reason: 'FieldValueNotSupported' }
}

/** A change that is not allowed. */
export function forbidden(field: string, why: string): FieldProblem {
  return { field, message: `Forbidden: ${why}`, reason: 'FieldValueForbidden' }
}

/** There is no such resource, or none below this one. */
export function noSuchResource(): ApiRefusal {
  return new ApiRefusal('NotFound', 'the server could not find the requested resource', {})
}
