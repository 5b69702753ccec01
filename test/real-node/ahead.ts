import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { AHEAD, RampsSeen, type RampSeen } from './bed/ahead.ts'
import { placesOf } from './bed/places.ts'
import { runProgram } from './bed/run-program.ts'
import { play, type Options } from './commands.ts'
import { formatInstant } from '../../src/core/units/instant.ts'

const PAGE = path.resolve('docs/ahead.md')
const SCENARIOS = ['ahead-slow', 'ahead-fast']

/**
 * Measures how far ahead of the kubelet the bundled agent tells of a ramp, and writes the page about it.
 * @param onlyTable play none
 */
export async function ahead({ onlyTable, ...options }: Options & { onlyTable: boolean }): Promise<void> {
  if (!onlyTable) {
    await runProgram('npm', ['run', '--silent', 'build'])
    const play_ = (name: string) => play(name, { ...options, name, record: undefined, keep: false })
    await Promise.all(SCENARIOS.map(play_))
  }
  const files = SCENARIOS.map((name) => path.join(placesOf(options.cache).recordings, name, AHEAD))
  const ramps = files
    .filter((file) => existsSync(file))
    .flatMap((file) => RampsSeen.parse(JSON.parse(readFileSync(file, 'utf8'))))
  writeFileSync(PAGE, page(ramps))
  await runProgram('node_modules/.bin/prettier', ['--write', PAGE])
  console.log(readFileSync(PAGE, 'utf8'))
}

function page(ramps: readonly RampSeen[]): string {
  const told = ramps.flatMap(({ toldAt, actedAt, crossedAt }) =>
    toldAt === null ? [] : { lead: actedAt - toldAt, crossing: toldAt - crossedAt },
  )
  const isAhead = told.filter(({ lead }) => lead > 0).length
  const row = (...cells: (string | number)[]) => `| ${cells.join(' | ')} |`
  const spread = (what: string, values: readonly number[]) => {
    const sorted = values.toSorted((a, b) => a - b)
    return row(
      what,
      ...[0, 0.5, 1].map((share) => seconds(sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN)),
    )
  }
  return [
    '<!-- Written by `npm run real-node -- ahead`; do not edit. -->',
    '',
    '# How far ahead of the kubelet it tells',
    '',
    `A bundled agent with its defaults on real nodes with disks of 3 GiB, whose local volume grows evenly; each ramp begins 40 seconds before 85 % are used, where the kubelet collects images and evicts by its defaults. Lead: from the agent's first message to the kubelet's first line about doing something. The message came first in ${isAhead} of ${ramps.length} ramps.`,
    '',
    row('seconds', 'least', 'median', 'most'),
    row('---', '--:', '--:', '--:'),
    spread(
      'lead',
      told.map(({ lead }) => lead),
    ),
    spread(
      'from the crossing to the message',
      told.map(({ crossing }) => crossing),
    ),
    '',
    row('MiB a second', 'began', 'crossed after', 'told after', 'the kubelet acted after', 'lead'),
    row('--:', '---', '--:', '--:', '--:', '--:'),
    ...ramps.map(({ perSecond, beganAt, crossedAt, toldAt, actedAt }) =>
      row(
        perSecond,
        formatInstant(Math.floor(beganAt / 1000) * 1000),
        seconds(crossedAt - beganAt),
        toldAt === null ? 'never' : seconds(toldAt - beganAt),
        seconds(actedAt - beganAt),
        toldAt === null ? 'none' : seconds(actedAt - toldAt),
      ),
    ),
    '',
  ].join('\n')
}

const seconds = (ms: number) => (ms / 1000).toFixed(1)
