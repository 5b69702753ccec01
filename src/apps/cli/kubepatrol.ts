import { buildApplication, buildRouteMap, run, text_en, type CommandContext } from '@stricli/core'
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

/** stricli's own failures (an unknown command, a wrong option) have negative codes; all are wrong usage. */
const USAGE = 2

process.stdout.on('error', (failure: NodeJS.ErrnoException) => {
  // Whoever read our output has heard enough.
  if (failure.code !== 'EPIPE') throw failure
})

const context: CommandContext = { process }
await run(application, process.argv.slice(2), context)
const status = Number(process.exitCode ?? 0)
if (status < 0 || status > 3) {
  process.exitCode = USAGE
  process.stderr.write('KP_USAGE: run "kubepatrol --help" to see what there is.\n')
}
