import { z } from 'zod'
import { channelTypes } from '../../adapters/tell/channels/index.ts'
import { SEVERITIES } from '../../core/incident/severity.ts'
import type { ConfigurationWord } from '../../core/messages/configuration.ts'
import { LANGUAGES } from '../../core/messages/language.ts'
import { parseDuration, type Duration } from '../../core/units/duration.ts'

const LONGEST: Duration = 7 * 24 * 3_600_000

const Span = z
  .string()
  .refine((text) => {
    const span = parseDuration(text)
    return span !== undefined && span >= 0 && span <= LONGEST
  }, 'config.no-time-span' satisfies ConfigurationWord)
  .describe('A time span such as 90s, 5m or 1h.')

/** How much is told, and how: `telling` in the configuration. */
export const TellingOptions = z.strictObject({
  quietFor: Span.default('1h').describe(
    'A trouble that came back is told at most once in this time, until it has been steady for as long; 0 tells every change.',
  ),
  settleFor: Span.default('5m').describe('How long a trouble must be over before that is told.'),
  mostAtOnce: z
    .int()
    .min(1)
    .max(1000)
    .default(10)
    .describe('So many incidents are told one by one within `within`; more are told together.'),
  within: Span.default('1m').describe('The time for `mostAtOnce`.'),
  mostWaiting: z
    .int()
    .min(10)
    .max(10_000)
    .default(500)
    .describe('So many messages wait for one channel; more are merged, none is lost.'),
  timeout: Span.default('10s').describe('How long one attempt to send may last.'),
})

/** What every channel has beside the options of its type. */
export const CommonOptions = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'config.no-name' satisfies ConfigurationWord)
    .optional()
    .describe('Unique; its type where there is only one of that type.'),
  language: z.enum(LANGUAGES).optional().describe('Of its messages; that of the whole by default.'),
  severities: z
    .array(z.enum(SEVERITIES))
    .min(1)
    .default([...SEVERITIES])
    .describe('What it is told of.'),
  nodes: z
    .array(z.string().min(1).max(253))
    .min(1)
    .optional()
    .describe('Only what is on nodes whose name one of these matches; `*` is any text, `?` any character.'),
  namespaces: z
    .array(z.string().min(1).max(253))
    .min(1)
    .optional()
    .describe('Only what affects pods or claims in namespaces that one of these matches.'),
})

const channelSchemas = channelTypes.map((type) =>
  z.strictObject({ type: z.literal(type.id), ...CommonOptions.shape, ...type.options.shape }),
)
type ChannelSchema = (typeof channelSchemas)[number]

/** `kubepatrol.yaml`. */
export const Configuration = z.strictObject({
  language: z.enum(LANGUAGES).optional().describe('Of messages; that of the program by default.'),
  baseUrl: z
    .url({ protocol: /^https?$/, error: 'config.no-web-address' satisfies ConfigurationWord })
    .optional()
    .describe('Where people open the page; messages link to it.'),
  telling: TellingOptions.prefault({}),
  channels: z
    .array(
      z.discriminatedUnion('type', channelSchemas as [ChannelSchema, ...ChannelSchema[]], {
        error: 'config.needs-type' satisfies ConfigurationWord,
      }),
    )
    .max(50)
    .default([])
    .superRefine((channels, { addIssue }) => {
      const names = channels.map(({ name, type }) => name ?? type)
      for (const [index, name] of names.entries()) {
        if (names.indexOf(name) === index) continue
        const problem = 'config.name-taken' satisfies ConfigurationWord
        addIssue({ code: 'custom', path: [index, 'name'], message: problem, params: { name } })
      }
    }),
})
export type Configuration = z.output<typeof Configuration>
