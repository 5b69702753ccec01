import { buildApplication, buildRouteMap, ExitCode, run, text_en, type CommandContext } from '@stricli/core'
import { ERROR_CODES } from '../../core/errors/codes.ts'
import { KubepatrolError } from '../../core/errors/kubepatrol-error.ts'
import { languageOf } from '../../core/messages/language.ts'
import { explainCommand } from './explain-command.ts'
import { describeFailure } from './failure.ts'
import { serveCommand } from './serve-command.ts'
import { version } from './version.ts'

const routes = buildRouteMap({
  routes: { explain: explainCommand, serve: serveCommand },
  docs: { brief: 'Patrols the disks of Kubernetes nodes the way the kubelet does.' },
})

const language = languageOf(process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'])

const application = buildApplication(routes, {
  name: 'kubepatrol',
  versionInfo: { currentVersion: version },
  scanner: { caseStyle: 'allow-kebab-for-camel' },
  documentation: { caseStyle: 'convert-camel-to-kebab', disableAnsiColor: true },
  determineExitCode: (failure) => (failure instanceof KubepatrolError ? failure.exitStatus : 3),
  localization: {
    text: {
      ...text_en,
      exceptionWhileRunningCommand: (failure) => describeFailure(failure, language),
      exceptionWhileLoadingCommandFunction: (failure) => describeFailure(failure, language),
    },
  },
})

process.stdout.on('error', (failure: NodeJS.ErrnoException) => {
  // Whoever read our output has heard enough.
  if (failure.code !== 'EPIPE') throw failure
})

const context: CommandContext = { process }
await run(application, process.argv.slice(2), context)
const status = Number(process.exitCode ?? 0)
if (status === ExitCode.UnknownCommand || status === ExitCode.InvalidArgument) {
  process.exitCode = ERROR_CODES.KP_USAGE.exitStatus
  process.stderr.write('KP_USAGE: Run "kubepatrol --help" to see what there is.\n')
} else if (status < 0) process.exitCode = ERROR_CODES.KP_INTERNAL.exitStatus
