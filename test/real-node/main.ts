import { parseArgs } from 'node:util'
import { beNode } from './bed/inside.ts'
import { guard } from './bed/guardian.ts'
import { Order, report } from './bed/order.ts'
import { differential } from './differential.ts'
import { ahead } from './ahead.ts'
import { footprint } from './footprint.ts'
import { down, list, play, test, up } from './commands.ts'

const USAGE = `npm run real-node -- COMMAND

  up [--size 3Gi] [--name NAME] [--foreground]   bring up a real node and print its kubeconfig
  scenario NAME [--record DIR] [--keep]          do to a node what test/real-node/scenarios/NAME.yaml says
  down [--name NAME | --all]                     take it down; nothing is left
  differential [NAME…] [--only-table]            play what forecasts are made in; write docs/differential.md
  footprint                                      measure what an agent takes; write docs/footprint.md
  ahead [--only-table]                           measure how far ahead of the kubelet it tells; write docs/ahead.md
  list                                           scenarios, and nodes that are up
  test [--or-skip]                               the tests that need a real node

Everywhere: --cache DIR in place of $XDG_CACHE_HOME/kubepatrol. See docs/real-node.md.`

/** Commands by which the test bed starts itself anew, elsewhere; not for people. */
const OF_ITS_OWN: Record<string, (order: Order) => Promise<void>> = { guard, 'be-node': beNode }

async function main([command = 'help', ...args]: string[]): Promise<void> {
  const own = OF_ITS_OWN[command]
  if (own) return own(Order.parse(JSON.parse(args[0] ?? '')))
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      size: { type: 'string', default: '3Gi' },
      name: { type: 'string' },
      cache: { type: 'string' },
      record: { type: 'string' },
      keep: { type: 'boolean', default: false },
      foreground: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      'only-table': { type: 'boolean', default: false },
      'or-skip': { type: 'boolean', default: false },
    },
  })
  if (command === 'up' && positionals.length === 0) return up(values)
  if (command === 'scenario' && positionals.length === 1) return play(positionals[0] ?? '', values)
  if (command === 'down' && positionals.length === 0) return down(values)
  if (command === 'differential') {
    return differential(positionals, { ...values, onlyTable: values['only-table'] })
  }
  if (command === 'ahead' && positionals.length === 0) {
    return ahead({ ...values, onlyTable: values['only-table'] })
  }
  if (command === 'footprint' && positionals.length === 0) return footprint(values)
  if (command === 'list' && positionals.length === 0) return list(values)
  if (command === 'test') return test(positionals, values['or-skip'])
  process.exitCode = command === 'help' ? 0 : 2
  console.log(USAGE)
}

try {
  await main(process.argv.slice(2))
} catch (cause) {
  const { message } = cause as Error
  if (Object.hasOwn(OF_ITS_OWN, process.argv[2] ?? '')) report({ failed: message })
  else console.error(message)
  process.exitCode = 1
  // A node's guardian or the node itself has handles that would keep it.
  if (Object.hasOwn(OF_ITS_OWN, process.argv[2] ?? '')) process.exit()
}
