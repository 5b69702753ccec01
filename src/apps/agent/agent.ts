import type { CommandContext } from '@stricli/core'
import { terminalChannel } from '../../adapters/tell/terminal/terminal-channel.ts'
import { orphansText } from '../../core/detect/orphans-text.ts'
import type { Language } from '../../core/messages/language.ts'
import { message, say, type Message } from '../../core/messages/message.ts'
import { attributionText } from '../../core/observe/attribution/attribution-text.ts'
import type { Observation } from '../../core/observe/observation.ts'
import { writeObservation } from '../../core/observe/observation-file.ts'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import { shown } from '../../core/tell/shown-text.ts'
import { createBell } from '../bell.ts'
import type { AgentFlags } from '../cli/agent-flags.ts'
import { describeFailure } from '../cli/failure.ts'
import { languageFor } from '../cli/options.ts'
import { untilStopped } from '../cli/until-stopped.ts'
import { keepAndTell } from '../configured-telling.ts'
import { liveClock } from '../live-clock.ts'
import { createPatrol } from '../patrol-loop.ts'
import { chosenController, handingOver } from './hand-over.ts'
import type { NodeSource } from './node-source.ts'
import { openNode, type OpenNode } from './open-node.ts'
import { sampleEachSecond } from './sample-each-second.ts'
import { watchClosely } from './watch-closely.ts'
import { AT_ONCE, PATROLLING } from './walk-now-and-then.ts'

/** `kubepatrol agent`: with --once exit status 0, 3 when something could not be read; else it runs until SIGINT or SIGTERM. */
export async function agent(this: CommandContext, flags: AgentFlags): Promise<void> {
  const node = await openNode(flags, flags.once ? AT_ONCE : PATROLLING)
  try {
    await (flags.once ? observeOnce(node, flags) : patrolNode(node, flags))
  } finally {
    await node.close()
  }
}

async function observeOnce({ nodeName, source, settled }: OpenNode, flags: AgentFlags): Promise<void> {
  const language = languageFor(flags.lang)
  await settled()
  const observation = await source.observe(Date.now())
  process.stdout.write(
    flags.output === 'json'
      ? writeObservation({ subject: nodeName, observation })
      : nodeText(observation, language, Math.min(process.stdout.columns ?? 80, 120)),
  )
  const gaps = observation.gaps ?? []
  for (const { part, node, why, detail } of gaps) {
    const sentence = message('observe.gap', { part, node: node ?? null, why, detail })
    process.stderr.write(`${neutraliseText(say(sentence, language)).replace(/\n/g, ' ')}\n`)
  }
  process.exitCode = gaps.length > 0 ? 3 : 0
}

/** Where the bytes of the node's disks are, and what pods left behind. */
function nodeText({ nodes }: Observation, language: Language, columns: number): string {
  const disks = nodes.flatMap(({ diskAttribution }) => diskAttribution?.value ?? [])
  const orphans = nodes.flatMap(({ orphanedDirectories }) => orphanedDirectories?.value ?? [])
  return attributionText(disks, language, columns) + orphansText(orphans, language, columns)
}

/** The node as it is seen, and handed over to the controller; what becomes of that is said once. */
function handedOver(
  own: NodeSource,
  flags: AgentFlags & { controller: URL },
  { language, signal }: { language: Language; signal: AbortSignal },
): NodeSource {
  const controller = flags.controller.origin
  const print = (stream: NodeJS.WriteStream, sentence: Message) =>
    stream.write(`${say(sentence, language)}\n`)
  print(process.stdout, message('agent.handing', { controller }))
  return handingOver(own, chosenController(flags, signal), {
    every: flags.interval,
    onHanding(gap) {
      if (!gap) return print(process.stdout, message('agent.handed-again', { controller }))
      const why = { why: gap.why, detail: shown(gap.detail, 200) }
      return print(process.stderr, message('finding.controller-out-of-reach', why))
    },
  })
}

/** Rounds as those of `serve`, with a view of one node and without the API server. */
async function patrolNode({ nodeName, source: own }: OpenNode, flags: AgentFlags): Promise<void> {
  const language = languageFor(flags.lang)
  const stopped = untilStopped()
  const complain = (failure: unknown) => process.stderr.write(`${describeFailure(failure, language)}\n`)
  const { store, telling, onStoreFailure, close } = await keepAndTell({
    config: flags.config,
    store: flags.store,
    language,
    complain,
  })
  const stopping = new AbortController()
  const { signal } = stopping
  const bell = createBell()
  const { controller } = flags
  const source =
    controller === undefined ? own : handedOver(own, { ...flags, controller }, { language, signal })
  const patrol = createPatrol({
    source,
    clock: liveClock({ everyMs: flags.interval, signal, bell }),
    store,
    channels: [terminalChannel(process.stdout, language)],
    ...(telling && { telling }),
    onChannelFailure: (_, failure) => complain(failure),
    onStoreFailure,
  })
  const seconds = Math.round(flags.interval / 1000)
  process.stdout.write(`${say(message('serve.patrolling', { subject: nodeName, seconds }), language)}\n`)
  const sampling = sampleEachSecond(source, signal, watchClosely(patrol, bell.ring))
  const running = patrol.run()
  try {
    await Promise.race([stopped, running])
  } finally {
    stopping.abort()
    await Promise.all([running.catch(() => undefined), sampling])
    await close()
  }
}
