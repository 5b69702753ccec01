import { z } from 'zod'
import type { ConfigurationWord } from '../messages/configuration.ts'

/** Where a secret is to be found; the configuration itself never holds one. */
export const Secret = z
  .union(
    [
      z.strictObject({ env: z.string().min(1).describe('Name of an environment variable.') }),
      z.strictObject({ file: z.string().min(1).describe('Path of a file; relative to the configuration.') }),
    ],
    { error: 'config.is-a-secret' satisfies ConfigurationWord },
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

const NO_ADDRESS = 'config.no-address' satisfies ConfigurationWord

/** An address that may be known to everybody, or one that is a secret itself. */
export const Address = z
  .union([z.url({ protocol: /^https?$/, error: NO_ADDRESS }), Secret], { error: NO_ADDRESS })
  .describe('Where to send to; http or https.')
