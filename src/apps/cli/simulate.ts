import type { CommandContext } from '@stricli/core'
import { readDescribedNode } from '../../adapters/observe/described-node/read-described-node.ts'
import { readRecordedRun } from '../../adapters/observe/recording/recorded-run.ts'
import { coded } from '../../core/errors/kubepatrol-error.ts'
import { refusedSettings } from '../../core/forecast/described/refused-settings.ts'
import { simulateNode } from '../../core/forecast/described/simulate-node.ts'
import { actionsDocument } from '../../core/forecast/present/actions-json.ts'
import { actionsText } from '../../core/forecast/present/actions-text.ts'
import { comparisonText } from '../../core/forecast/present/comparison-text.ts'
import { simulateRun } from '../../core/forecast/recorded/simulate-run.ts'
import type { SimulatedAction } from '../../core/forecast/simulation/action.ts'
import type { Language } from '../../core/messages/language.ts'
import { message, say } from '../../core/messages/message.ts'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import { languageFor } from './options.ts'
import type { SimulateFlags } from './simulate-flags.ts'

/** `kubepatrol simulate`: what a kubelet does about its disks, of a described node or of a recording. */
export async function simulateCommandLine(
  this: CommandContext,
  flags: SimulateFlags,
  file?: string,
): Promise<void> {
  const language = languageFor(flags.lang)
  const { run, compare } = flags
  if ((run === undefined) === (file === undefined)) {
    throw coded('KP_USAGE', { problem: say(message('cli.simulate-what'), language) })
  }
  if (run !== undefined && compare !== undefined) {
    throw coded('KP_USAGE', { problem: say(message('cli.compare-what'), language) })
  }
  const actions = run === undefined ? await ofFile(file ?? '') : await ofRun(run)
  const changed = compare === undefined ? undefined : await ofFile(file ?? '', compare)
  process.stdout.write(
    flags.output === 'json'
      ? json(actions, changed, language)
      : text({ actions, name: file ?? '' }, changed && { actions: changed, name: compare ?? '' }, language),
  )
}

async function ofRun(directory: string): Promise<SimulatedAction[]> {
  const run = await readRecordedRun(directory)
  // It ran, so that what it is said to have refused is not what it had.
  const refused = new Map(
    run.snapshots
      .flatMap(({ configuration }) => refusedSettings(configuration))
      .map(({ field, message: why }) => [field, `configz: ${field}: ${why}`]),
  )
  for (const line of refused.values()) process.stderr.write(`${neutraliseText(line)}\n`)
  if (refused.size > 0) process.exitCode = 3
  const actions = simulateRun(run)
  if (!actions) throw coded('KP_VERSION_UNKNOWN', { version: run.kubeletVersion })
  return actions
}

async function ofFile(file: string, changes?: string): Promise<SimulatedAction[]> {
  const node = await readDescribedNode(file, changes)
  const actions = simulateNode(node)
  if (!actions) throw coded('KP_VERSION_UNKNOWN', { version: node.kubelet.version })
  return actions
}

function json(
  actions: readonly SimulatedAction[],
  changed: readonly SimulatedAction[] | undefined,
  language: Language,
): string {
  const document = {
    actions: actionsDocument(actions, language),
    ...(changed === undefined ? {} : { compared: { actions: actionsDocument(changed, language) } }),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

interface Simulated {
  name: string
  actions: readonly SimulatedAction[]
}

function text(one: Simulated, other: Simulated | undefined, language: Language): string {
  const columns = Math.min(process.stdout.columns ?? 80, 100)
  if (!other) return actionsText(one.actions, language, columns)
  const titled = (key: 'simulate.one' | 'simulate.other', { name, actions }: Simulated) =>
    `${neutraliseText(say(message(key, { name }), language))}\n\n${actionsText(actions, language, columns)}`
  const table = comparisonText(one.actions, other.actions, language)
  return `${table}\n${titled('simulate.one', one)}\n${titled('simulate.other', other)}`
}
