import type { z } from 'zod'
import { channelTypes } from '../../adapters/tell/channels/index.ts'
import type { catalogue } from '../../core/messages/catalogue.ts'
import { configurationMessages } from '../../core/messages/configuration.ts'
import { message, type Message } from '../../core/messages/message.ts'
import { shown } from '../../core/tell/shown-text.ts'

/** A field of the configuration and what is wrong with it. */
interface ConfigurationProblem {
  field: string
  problem: Message
}

/** What is wrong, in our own words: those of the schema are keys of the catalogue. */
export function configurationProblems(issue: z.core.$ZodIssue): ConfigurationProblem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      field: fieldName([...issue.path, key]),
      problem: message('config.no-such-field'),
    }))
  return [{ field: fieldName(issue.path), problem: problemOf(issue) }]
}

function problemOf(issue: z.core.$ZodIssue): Message {
  if (Object.hasOwn(configurationMessages, issue.message))
    return { key: issue.message as keyof typeof catalogue, params: paramsOf(issue) }
  switch (issue.code) {
    case 'invalid_type':
      return message('config.needs', { type: issue.expected })
    case 'invalid_value':
      return message('config.one-of', { values: issue.values.map(String) })
    case 'too_small':
      return message('config.limit', { limit: Number(issue.minimum), isLeast: true, of: issue.origin })
    case 'too_big':
      return message('config.limit', { limit: Number(issue.maximum), isLeast: false, of: issue.origin })
    default:
      return message('config.not-understood')
  }
}

function paramsOf(issue: z.core.$ZodIssue): unknown {
  if (issue.code === 'invalid_union') return { types: channelTypes.map(({ id }) => id) }
  return issue.code === 'custom' ? (issue.params ?? null) : null
}

/** `channels[0].url`. Of the whole file, nothing. */
export function fieldName(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return shown(text.replace(/^\./, ''))
}
