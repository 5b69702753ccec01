import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { placesOf } from './bed/places.ts'
import { runProgram } from './bed/run-program.ts'
import { readScenario } from './bed/scenario.ts'
import { OBSERVATIONS } from './bed/watch-node.ts'
import { play, scenarioFile, scenarioNames, type Options } from './commands.ts'
import { compareRun } from './compare/compare-run.ts'
import { differentialTable, type NamedRun } from './compare/differential-table.ts'

const PAGE = path.resolve('docs/differential.md')

/**
 * Plays scenarios that a forecast is made in, all of them unless some are named, and writes the page about every one
 * that has been played.
 * @param onlyTable play none
 */
export async function differential(
  named: readonly string[],
  { onlyTable, ...options }: Options & { onlyTable: boolean },
): Promise<void> {
  const all = scenarioNames().filter((name) => hasForecast(name))
  const toPlay = onlyTable ? [] : named.length > 0 ? named : all
  for (const name of toPlay) await play(name, { ...options, record: undefined, keep: false })
  const runs: NamedRun[] = []
  for (const name of all) {
    const directory = path.join(placesOf(options.cache).recordings, name)
    // The log comes last: without it the run is not over, or failed.
    if (![OBSERVATIONS, 'kubelet.log'].every((file) => existsSync(path.join(directory, file)))) continue
    runs.push({ name, ...(await compareRun(directory)) })
  }
  writeFileSync(PAGE, differentialTable(runs))
  await runProgram('node_modules/.bin/prettier', ['--write', PAGE])
  console.log(`${PAGE} is about ${runs.length} of ${all.length} scenarios`)
}

const hasForecast = (name: string) =>
  readScenario(scenarioFile(name)).steps.some(({ verb }) => verb === 'forecast')
