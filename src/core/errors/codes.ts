/**
 * Every coded error: the exit status it leads to (design: 2 usage or configuration, 3 some input could
 * not be read) and its sentence in the message catalogue under the same code. docs/errors.md is
 * generated from this table.
 */
export const ERROR_CODES = {
  KP_USAGE: { exitStatus: 2 },
  KP_PORT_IN_USE: { exitStatus: 2 },
  KP_PORT_NOT_ALLOWED: { exitStatus: 2 },
  KP_AGENT_CERTIFICATE: { exitStatus: 2 },
  KP_ADDRESS_FILE: { exitStatus: 2 },
  KP_INPUT_NOT_FOUND: { exitStatus: 3 },
  KP_INPUT_UNREADABLE: { exitStatus: 3 },
  KP_INPUT_NO_LOGS: { exitStatus: 3 },
  KP_INPUT_BINARY: { exitStatus: 3 },
  KP_INPUT_TRUNCATED: { exitStatus: 3 },
  KP_INPUT_TOO_DENSE: { exitStatus: 3 },
  KP_RECORDING_INCOMPLETE: { exitStatus: 3 },
  KP_RECORDING_BROKEN: { exitStatus: 3 },
  KP_REPORT_FILE: { exitStatus: 3 },
  KP_OBSERVATION_INVALID: { exitStatus: 3 },
  KP_NO_SUCH_SCENARIO: { exitStatus: 2 },
  KP_NODE_UNKNOWN: { exitStatus: 2 },
  KP_NODE_INVALID: { exitStatus: 2 },
  KP_VERSION_UNKNOWN: { exitStatus: 3 },
  KP_KUBECONFIG_NOT_FOUND: { exitStatus: 2 },
  KP_KUBECONFIG_INVALID: { exitStatus: 2 },
  KP_CONTEXT_UNKNOWN: { exitStatus: 2 },
  KP_CONTEXT_NONE: { exitStatus: 2 },
  KP_CREDENTIALS_UNUSABLE: { exitStatus: 2 },
  KP_CREDENTIALS_EXPIRED: { exitStatus: 2 },
  KP_API_UNREACHABLE: { exitStatus: 3 },
  KP_API_UNTRUSTED: { exitStatus: 2 },
  KP_API_UNAUTHORIZED: { exitStatus: 2 },
  KP_API_NOT_KUBERNETES: { exitStatus: 2 },
  KP_STORE_UNUSABLE: { exitStatus: 3 },
  KP_STORE_FULL: { exitStatus: 3 },
  KP_STORE_LOCKED: { exitStatus: 3 },
  KP_STORE_CORRUPT: { exitStatus: 3 },
  KP_CONFIG_UNREADABLE: { exitStatus: 2 },
  KP_CONFIG_SYNTAX: { exitStatus: 2 },
  KP_CONFIG_INVALID: { exitStatus: 2 },
  KP_CONFIG_SECRET: { exitStatus: 2 },
  KP_CHANNEL_UNKNOWN: { exitStatus: 2 },
  KP_CHANNEL_UNREACHABLE: { exitStatus: 3 },
  KP_CHANNEL_BUSY: { exitStatus: 3 },
  KP_CHANNEL_REFUSED: { exitStatus: 3 },
  KP_OUTPUT_FAILED: { exitStatus: 3 },
  KP_INTERNAL: { exitStatus: 3 },
} as const satisfies Record<`KP_${string}`, { exitStatus: 2 | 3 }>
export type ErrorCode = keyof typeof ERROR_CODES

/** Coded answers of the HTTP API: the status each is sent with. */
export const API_ERROR_CODES = {
  KP_BAD_REQUEST: { httpStatus: 400 },
  KP_UNAUTHORIZED: { httpStatus: 401 },
  KP_FORBIDDEN: { httpStatus: 403 },
  KP_TOKEN_UNKNOWN: { httpStatus: 401 },
  KP_NOT_THE_AGENT: { httpStatus: 403 },
  KP_NOT_ITS_NODE: { httpStatus: 403 },
  KP_NO_SUCH_THING: { httpStatus: 404 },
  KP_TOO_LARGE: { httpStatus: 413 },
  KP_INTERNAL_ERROR: { httpStatus: 500 },
  KP_BUSY: { httpStatus: 503 },
  KP_TOKEN_NOT_REVIEWED: { httpStatus: 503 },
} as const satisfies Record<`KP_${string}`, { httpStatus: number }>
export type ApiErrorCode = keyof typeof API_ERROR_CODES
