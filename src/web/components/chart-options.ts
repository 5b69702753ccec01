import type uPlot from 'uplot'
import { formatBytes } from '../../core/units/bytes.ts'
import type { ThresholdDocument } from '../../http/contract.ts'

/** What a chart is drawn from. Levels and marks are asked at every drawing. */
export interface ChartParts {
  width: number
  height: number
  levels: () => readonly ThresholdDocument[]
  marks: () => readonly number[]
  /** Where colours are looked up. */
  element: Element
}

const LEVEL_COLOUR = { 'image-gc': '--kp-gc', hard: '--kp-hard', soft: '--kp-soft' } as const
/** Between the names of two levels. */
const NAME_GAP = 14
const AXIS_WIDTH = 70
/** Half of what a time of day takes on the axis, less what is free beside the chart. */
const HALF_LABEL = 24
const DASHES = { 'image-gc': [6, 4], hard: [2, 3], soft: [10, 3, 2, 3] } as const

/** How the chart looks: one line, dashed levels with their names, ticks where something happened. */
export function chartOptions({ width, height, levels, marks, element }: ChartParts): uPlot.Options {
  const colour = (name: string) => resolveColour(element, name)
  const axis = {
    stroke: colour('--kp-mark'),
    grid: { stroke: colour('--kp-grid'), width: 1 },
    ticks: { show: false },
  }
  return {
    width,
    height,
    legend: { show: false },
    cursor: { show: false },
    padding: [12, 8, 0, 0],
    scales: {
      x: { time: true },
      y: {
        range: (_, __, most) => [
          0,
          Math.max(most, ...levels().map(({ availableBytes }) => availableBytes)) * 1.08,
        ],
      },
    },
    tzDate: (seconds) => utcDate(seconds),
    axes: [
      {
        ...axis,
        values: ({ scales }, splits) =>
          splits.map((seconds) =>
            // A label at the edge would be cut off.
            isAtEdge(seconds, scales['x'], width) ? '' : new Date(seconds * 1000).toISOString().slice(11, 19),
          ),
        space: 80,
        size: 32,
      },
      { ...axis, values: (_, splits) => splits.map((bytes) => formatBytes(bytes)), size: AXIS_WIDTH },
    ],
    series: [
      {},
      { stroke: colour('--kp-line'), fill: colour('--kp-fill'), width: 2, points: { show: false } },
      { points: { show: false } },
      { stroke: colour('--kp-line'), width: 1.5, dash: [5, 4], points: { show: false } },
      { points: { show: false } },
    ],
    bands: [{ series: [4, 2], fill: colour('--kp-fill') }],
    hooks: {
      draw: [
        (chart) => {
          let end = chart.bbox.left + chart.bbox.width - 4 * devicePixelRatio
          for (const level of levels())
            end = drawLevel(chart, level, end, colour(LEVEL_COLOUR[level.kind]), colour('--kp-card'))
          for (const mark of marks()) drawMark(chart, mark, colour('--kp-mark'))
        },
      ],
    },
  }
}

function isAtEdge(seconds: number, { min = 0, max = 0 }: uPlot.Scale = {}, width: number): boolean {
  return ((max - seconds) / (max - min)) * (width - AXIS_WIDTH) < HALF_LABEL
}

/** Names stand one beside the other, for levels can lie close together. Returns where the next name may end. */
function drawLevel(
  chart: uPlot,
  level: ThresholdDocument,
  end: number,
  colour: string,
  ground: string,
): number {
  const { kind, availableBytes, id, setting } = level
  const y = chart.valToPos(availableBytes, 'y', true)
  const { left, width, top, height } = chart.bbox
  if (y < top || y > top + height) return end
  const context = chart.ctx
  context.save()
  context.strokeStyle = colour
  context.fillStyle = colour
  context.lineWidth = 1.5 * devicePixelRatio
  context.setLineDash(DASHES[kind].map((length) => length * devicePixelRatio))
  context.beginPath()
  context.moveTo(left, y)
  context.lineTo(left + width, y)
  context.stroke()
  context.font = `${11 * devicePixelRatio}px system-ui, sans-serif`
  context.textAlign = 'right'
  const name = `${id} ${setting}`
  const start = end - context.measureText(name).width
  if (start > left) writeName(context, name, end, y - 4 * devicePixelRatio, ground)
  context.restore()
  return start > left ? start - NAME_GAP * devicePixelRatio : end
}

/** Keeps a name readable where it lies on a line. */
function writeName(
  context: CanvasRenderingContext2D,
  name: string,
  x: number,
  y: number,
  ground: string,
): void {
  context.setLineDash([])
  context.lineWidth = 4 * devicePixelRatio
  context.strokeStyle = ground
  context.strokeText(name, x, y)
  context.fillText(name, x, y)
}

function drawMark(chart: uPlot, seconds: number, colour: string): void {
  const x = chart.valToPos(seconds, 'x', true)
  const { left, width, top, height } = chart.bbox
  if (x < left || x > left + width) return
  const context = chart.ctx
  const size = 5 * devicePixelRatio
  context.save()
  context.fillStyle = colour
  context.beginPath()
  context.moveTo(x, top + height - 2 * size)
  context.lineTo(x - size, top + height)
  context.lineTo(x + size, top + height)
  context.fill()
  context.restore()
}

/** A colour of the style sheet as the canvas understands it, light or dark as the page is now. */
function resolveColour(element: Element, name: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${name})`
  element.append(probe)
  const colour = getComputedStyle(probe).color
  probe.remove()
  return colour
}

/** uPlot splits its axis by local time; shifted, its round numbers are those of UTC. */
function utcDate(seconds: number): Date {
  const date = new Date(seconds * 1000)
  return new Date(date.getTime() + date.getTimezoneOffset() * 60_000)
}
