import { z } from 'zod'

/** Where a secret is to be found; the configuration itself never holds one. */
export const Secret = z
  .union(
    [
      z.strictObject({ env: z.string().min(1).describe('Name of an environment variable.') }),
      z.strictObject({ file: z.string().min(1).describe('Path of a file; relative to the configuration.') }),
    ],
    { error: 'is a secret: write {env: NAME} or {file: PATH}, not the secret itself' },
  )
  .describe('A secret: `{env: NAME}` or `{file: PATH}`.')
export type Secret = z.output<typeof Secret>

/** The options of a channel once its secrets are read. */
export type Opened<T> = T extends Secret
  ? string
  : T extends readonly unknown[]
    ? T
    : T extends object
      ? { [Key in keyof T]: Opened<T[Key]> }
      : T

/** An address that may be known to everybody, or one that is a secret itself. */
export const Address = z
  .union([z.url({ protocol: /^https?$/ }), Secret], {
    error: 'is no address: write https://… or, when it is a secret, {env: NAME} or {file: PATH}',
  })
  .describe('Where to send to; http or https.')
