import { formatInstant, formatTimeOfDay } from '../../../src/core/units/instant.ts'
import type { Foretold } from './ahead.ts'
import type { ComparedRun } from './compare-run.ts'
import type { Act } from './kubelet-acts.ts'

/** A scenario that was played, by its name. */
export interface NamedRun extends ComparedRun {
  name: string
}

const row = (...cells: (string | number)[]) => `| ${cells.join(' | ')} |`
const heading = (...cells: string[]) => [row(...cells), row(...cells.map(() => '---'))]

/** docs/differential.md: what a real kubelet did, and what was said of it. */
export function differentialTable(runs: readonly NamedRun[]): string {
  const versions = [...new Set(runs.map(({ kubeletVersion }) => kubeletVersion))].join(', ')
  return [
    '<!-- Written by `npm run real-node -- differential`; do not edit. -->',
    '',
    '# What a real kubelet did, and what was said of it',
    '',
    `Live runs of the scenarios in \`test/real-node/scenarios\` that have a step \`forecast\`, kubelet ${versions}, containerd, one ext4 of 3 GiB. \`npm run real-node -- differential\` plays them and writes this page.`,
    '',
    '## Given what happened to the disk',
    '',
    'The recording is simulated (`simulate --run`). Right: the evicted pods in their order, the pods refused, the images removed, the bytes wanted and freed, each exactly as in the log of the kubelet.',
    '',
    ...heading(
      'scenario',
      'played',
      'pods evicted',
      'images removed',
      'bytes counted as freed',
      '`simulate --run`',
    ),
    ...runs.map(({ name, startedAt, conditional }) =>
      row(
        `\`${name}\``,
        formatInstant(Math.floor(startedAt / 1000) * 1000),
        conditional.evicted.join(', ') || '–',
        conditional.removedImages,
        conditional.removedBytes,
        conditional.differences.length === 0 ? 'exact' : conditional.differences.join('; '),
      ),
    ),
    '',
    '## Before it happened',
    '',
    'The forecast is made from what an agent on the node had observed up to the step `forecast`, before any threshold was met, with the pods that the API server told before then, as a controller joins the two. Alone: victims by the agent without them. In time: the kubelet acted between the 10th and the 90th percentile, which four of five are expected to.',
    '',
    ...heading(
      'scenario',
      'forecast',
      'the kubelet did',
      'at',
      'after',
      'foretold for',
      'victims',
      'in time',
      'alone',
    ),
    ...runs.flatMap(({ name, ahead, alone }) =>
      (ahead?.foretold ?? []).map((one, index) =>
        aheadRow(name, ahead?.madeAt ?? 0, one, alone?.foretold[index]?.isRight === true),
      ),
    ),
    '',
    summary(runs),
    '',
  ].join('\n')
}

function aheadRow(
  name: string,
  madeAt: number,
  { act, action, isRight, isInTime }: Foretold,
  isRightAlone: boolean,
): string {
  const at = action?.at
  const time = (instant: number | null | undefined) =>
    instant === null || instant === undefined ? '…' : formatTimeOfDay(instant)
  return row(
    `\`${name}\``,
    formatTimeOfDay(madeAt),
    described(act),
    formatTimeOfDay(act.at),
    `${Math.round((act.at - madeAt) / 1000)} s`,
    at ? `${time(at.p10)} – ${time(at.p90)}` : 'not foretold',
    isRight ? 'right' : 'wrong',
    isInTime ? 'yes' : 'no',
    isRightAlone ? 'right' : 'wrong',
  )
}

function described(act: Act): string {
  if (act.kind === 'pod') return `evicted ${act.name}`
  return `removed ${act.images.length} image${act.images.length === 1 ? '' : 's'}`
}

function summary(runs: readonly NamedRun[]): string {
  const foretold = runs.flatMap(({ ahead }) => ahead?.foretold ?? [])
  const count = (is: (one: Foretold) => boolean) => foretold.filter(is).length
  const exact = runs.filter(({ conditional }) => conditional.differences.length === 0).length
  return `Of ${runs.length} runs ${exact} are simulated exactly. Of ${foretold.length} acts of the kubelet ${count(({ isRight }) => isRight)} were forecast with the right victims, ${count(({ isInTime }) => isInTime)} within their range.`
}
