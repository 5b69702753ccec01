import type { CommandContext } from '@stricli/core'
import { listedObjects } from '../../adapters/observe/cluster/cluster-objects.ts'
import { clusterSource } from '../../adapters/observe/cluster/cluster-source.ts'
import { message, say } from '../../core/messages/message.ts'
import { writeObservation } from '../../core/observe/observation-file.ts'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import { openCluster } from '../open-cluster.ts'
import { languageFor } from './options.ts'
import type { ObserveFlags } from './observe-flags.ts'
import { linePrinter } from './progress.ts'

/** `kubepatrol observe`: exit status 0, 3 when something could not be read. The document alone is on standard output. */
export async function observe(this: CommandContext, flags: ObserveFlags): Promise<void> {
  const language = languageFor(flags.lang)
  const { api, subject } = await openCluster(flags)
  const progress = linePrinter(process.stderr, language)
  try {
    const source = clusterSource(api, listedObjects(api), (answered, nodes) =>
      progress.tell(message('scan.asking', { answered, nodes })),
    )
    const observation = await source.observe(Date.now())
    progress.end()
    process.stdout.write(writeObservation({ subject, observation }))
    const gaps = observation.gaps ?? []
    for (const { part, node, why, detail } of gaps) {
      const sentence = message('observe.gap', { part, node: node ?? null, why, detail })
      process.stderr.write(`${neutraliseText(say(sentence, language)).replace(/\n/g, ' ')}\n`)
    }
    process.exitCode = gaps.length > 0 ? 3 : 0
  } finally {
    progress.end()
    await api.close()
  }
}
