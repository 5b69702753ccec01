import type { CommandContext } from '@stricli/core'
import { message, say } from '../../core/messages/message.ts'
import { writeObservation } from '../../core/observe/observation-file.ts'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import type { AgentFlags } from '../cli/agent-flags.ts'
import { languageFor } from '../cli/options.ts'
import { openNode, type OpenNode } from './open-node.ts'

/** `kubepatrol agent`: with --once exit status 0, 3 when something could not be read; else it runs until SIGINT or SIGTERM. */
export async function agent(this: CommandContext, flags: AgentFlags): Promise<void> {
  const node = await openNode(flags)
  try {
    await observeOnce(node, flags)
  } finally {
    node.close()
  }
}

async function observeOnce({ nodeName, source }: OpenNode, flags: AgentFlags): Promise<void> {
  const language = languageFor(flags.lang)
  const observation = await source.observe(Date.now())
  process.stdout.write(writeObservation({ subject: nodeName, observation }))
  const gaps = observation.gaps ?? []
  for (const { part, node, why, detail } of gaps) {
    const sentence = message('observe.gap', { part, node: node ?? null, why, detail })
    process.stderr.write(`${neutraliseText(say(sentence, language)).replace(/\n/g, ' ')}\n`)
  }
  process.exitCode = gaps.length > 0 ? 3 : 0
}
