import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { installPackages } from './bed/debian-packages.ts'
import { Footprint, FOOTPRINT, type Used } from './bed/footprint.ts'
import { placesOf } from './bed/places.ts'
import { runProgram } from './bed/run-program.ts'
import { play, type Options } from './commands.ts'

const PAGE = path.resolve('docs/footprint.md')
const SCENARIO = 'footprint'

/** Measures what the bundled agent takes on a node, and writes the page about it. */
export async function footprint(options: Options): Promise<void> {
  await installPackages(['prometheus-node-exporter'], (what) => console.log(`# ${what}`))
  await runProgram('npm', ['run', '--silent', 'build'])
  await play(SCENARIO, { ...options, record: undefined, keep: false })
  const file = path.join(placesOf(options.cache).recordings, SCENARIO, FOOTPRINT)
  writeFileSync(PAGE, page(Footprint.parse(JSON.parse(readFileSync(file, 'utf8')))))
  await runProgram('node_modules/.bin/prettier', ['--write', PAGE])
  console.log(readFileSync(PAGE, 'utf8'))
}

function page({ startedAt, seconds, pods, agent, nodeExporter }: Footprint): string {
  const row = (...cells: (string | number)[]) => `| ${cells.join(' | ')} |`
  const of = (name: string, { residentMiB, processorPercent, writtenMiBAnHour }: Used) =>
    row(name, residentMiB.median, residentMiB.p95, residentMiB.most, processorPercent, writtenMiBAnHour)
  return [
    '<!-- Written by `npm run real-node -- footprint`; do not edit. -->',
    '',
    '# What an agent takes',
    '',
    `The bundled agent with its defaults and a store, all its processes together, on a real node with ${pods} pods that write a little, and beside it Prometheus' node exporter, scraped every 15 seconds. A reading each second for ${Math.round(seconds / 60)} minutes, a minute after both had started; ${startedAt}, Node.js ${process.versions.node}.`,
    '',
    row(
      '',
      'resident MiB, median',
      '95th percentile',
      'most',
      'processor, % of a core',
      'written, MiB an hour',
    ),
    row('---', '--:', '--:', '--:', '--:', '--:'),
    of('`kubepatrol agent`', agent),
    of('`prometheus-node-exporter`', nodeExporter),
    '',
  ].join('\n')
}
