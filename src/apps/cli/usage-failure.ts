import {
  ArgumentScannerError,
  formatMessageForArgumentScannerError,
  type ApplicationText,
} from '@stricli/core'
import { message, say, type Message } from '../../core/messages/message.ts'
import type { Language } from '../../core/messages/language.ts'
import { coded } from '../../core/errors/kubepatrol-error.ts'
import { describeFailure } from './failure.ts'
import { BadValue } from './options.ts'

/** What the parser of the command line says of wrong usage, in our own words and with our code. */
export function usageTexts(
  language: Language,
): Pick<ApplicationText, 'noCommandRegisteredForInput' | 'exceptionWhileParsingArguments'> {
  const usage = (problem: string) => describeFailure(coded('KP_USAGE', { problem }), language)
  return {
    noCommandRegisteredForInput: ({ input, corrections }) =>
      usage(say(message('cli.unknown-command', { input, similar: corrections.map(unquoted) }), language)),
    exceptionWhileParsingArguments: (failure) =>
      failure instanceof ArgumentScannerError
        ? usage(problemOf(failure, language))
        : describeFailure(failure, language),
  }
}

function problemOf(failure: ArgumentScannerError, language: Language): string {
  const sentence = (problem: Message) => say(problem, language)
  return formatMessageForArgumentScannerError(failure, {
    FlagNotFoundError: ({ input, corrections }) =>
      sentence(
        message('cli.unknown-option', {
          input: option(input),
          similar: corrections.map(unquoted).map(option),
        }),
      ),
    AliasNotFoundError: ({ input }) =>
      sentence(message('cli.unknown-option', { input: `-${input}`, similar: [] })),
    UnsatisfiedFlagError: ({ externalFlagName }) =>
      sentence(message('cli.option-needs-value', { option: option(externalFlagName) })),
    EnumValidationError: ({ externalFlagName, input, values }) =>
      sentence(message('cli.no-such-choice', { option: option(externalFlagName), input, values })),
    ArgumentParseError: ({ externalFlagNameOrPlaceholder: name, input, exception }) =>
      exception instanceof BadValue
        ? sentence(exception.problem(option(name), input))
        : `${failure.message}.`,
    UnexpectedPositionalError: ({ input }) => sentence(message('cli.too-many-arguments', { input })),
  })
}

function option(name: string): string {
  return name.startsWith('-') ? name : `--${name}`
}

function unquoted(correction: string): string {
  return correction.replace(/`/g, '')
}
