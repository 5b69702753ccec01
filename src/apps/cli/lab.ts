import type { CommandContext } from '@stricli/core'
import { systemClock } from '../../adapters/observe/kubernetes-api/system-clock.ts'
import { coded } from '../../core/errors/kubepatrol-error.ts'
import type { Language } from '../../core/messages/language.ts'
import { message, say } from '../../core/messages/message.ts'
import type { Scenario } from '../lab/world/scenario.ts'
import { SCENARIOS } from '../lab/scenarios/index.ts'
import { startLab } from '../lab/start-lab.ts'
import { keepKubeconfig, type KeptKubeconfig } from './lab-kubeconfig.ts'
import type { LabFlags } from './lab-flags.ts'
import { languageFor } from './options.ts'
import { untilStopped } from './until-stopped.ts'

/** `kubepatrol lab`: runs in the foreground until SIGINT or SIGTERM. */
export async function lab(this: CommandContext, flags: LabFlags): Promise<void> {
  const language = languageFor(flags.lang)
  const stopped = untilStopped()
  const scenario = scenarioOf(flags.scenario, language)
  const { speed = scenario.speed, port } = flags
  const running = await startLab(scenario, { speed, port, clock: systemClock })
  let kept: KeptKubeconfig | undefined
  try {
    kept = await keepKubeconfig(running.kubeconfig, flags.kubeconfig)
    const ready = message('lab.ready', { scenario: scenario.id, speed, url: running.url })
    for (const sentence of [ready, message('lab.how-to', { kubeconfig: kept.file })]) {
      process.stdout.write(`${say(sentence, language)}\n`)
    }
    await stopped
  } finally {
    await running.close()
    await kept?.remove()
  }
}

function scenarioOf(id: string | undefined, language: Language): Scenario {
  const found = id === undefined ? SCENARIOS[0] : SCENARIOS.find((scenario) => scenario.id === id)
  if (found !== undefined) return found
  const known = SCENARIOS.map((scenario) => scenario.id)
  const problem = say(message('lab.no-such-scenario', { scenario: id ?? '', known }), language)
  throw coded('KP_USAGE', { problem })
}
