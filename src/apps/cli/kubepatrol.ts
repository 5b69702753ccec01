import {
  buildApplication,
  buildRouteMap,
  ExitCode,
  run,
  text_en,
  type ApplicationContext,
} from '@stricli/core'
import { ERROR_CODES } from '../../core/errors/codes.ts'
import { KubepatrolError } from '../../core/errors/kubepatrol-error.ts'
import { agentCommand } from './agent-command.ts'
import { explainCommand } from './explain-command.ts'
import { describeFailure } from './failure.ts'
import { languageOfArguments } from './options.ts'
import { forecastCommand } from './forecast-command.ts'
import { labCommand } from './lab-command.ts'
import { notifyCommand } from './notify-command.ts'
import { observeCommand } from './observe-command.ts'
import { reportCommand } from './report-command.ts'
import { scanCommand } from './scan-command.ts'
import { serveCommand } from './serve-command.ts'
import { simulateCommand } from './simulate-command.ts'
import { usageTexts } from './usage-failure.ts'
import { version } from './version.ts'
import { watchOutput } from './watch-output.ts'
import { wrapHelp } from './wrap-help.ts'

const routes = buildRouteMap({
  routes: {
    agent: agentCommand,
    explain: explainCommand,
    forecast: forecastCommand,
    lab: labCommand,
    notify: notifyCommand,
    observe: observeCommand,
    report: reportCommand,
    scan: scanCommand,
    serve: serveCommand,
    simulate: simulateCommand,
  },
  docs: { brief: 'Patrols the disks of Kubernetes nodes the way the kubelet does.' },
})

const inputs = process.argv.slice(2)
const language = languageOfArguments(inputs)

const application = buildApplication(routes, {
  name: 'kubepatrol',
  versionInfo: { currentVersion: version },
  scanner: { caseStyle: 'allow-kebab-for-camel' },
  documentation: { caseStyle: 'convert-camel-to-kebab', disableAnsiColor: true },
  determineExitCode: (failure) => (failure instanceof KubepatrolError ? failure.exitStatus : 3),
  localization: {
    text: {
      ...text_en,
      ...usageTexts(language),
      exceptionWhileRunningCommand: (failure) => describeFailure(failure, language),
      exceptionWhileLoadingCommandFunction: (failure) => describeFailure(failure, language),
    },
  },
})

const output = watchOutput(language)
// Commands write to the process itself; what is written here is help and the version.
const context: ApplicationContext = {
  process: {
    stdout: {
      write: (text: string) =>
        void process.stdout.write(wrapHelp(text, Math.min(process.stdout.columns ?? 80, 100))),
    },
    stderr: process.stderr,
    env: process.env,
    get exitCode() {
      return process.exitCode ?? null
    },
    set exitCode(status) {
      process.exitCode = status ?? undefined
    },
  },
}
await run(application, inputs, context)
const status = Number(process.exitCode ?? 0)
if (status === ExitCode.UnknownCommand || status === ExitCode.InvalidArgument) {
  process.exitCode = ERROR_CODES.KP_USAGE.exitStatus
} else if (status < 0) process.exitCode = ERROR_CODES.KP_INTERNAL.exitStatus
if (output.hasFailed()) process.exitCode = ERROR_CODES.KP_OUTPUT_FAILED.exitStatus
