import { placementIndex } from '../core/forecast/elsewhere.ts'
import { forecastNode, type NodeForecast } from '../core/forecast/node-forecast.ts'
import type { Patrol } from './patrol-loop.ts'

/** Forecasts of a patrol's nodes, each made when it is asked for, and once a round. */
export function forecastsOf(patrol: Patrol): (nodeName: string) => NodeForecast | undefined {
  const made = new Map<string, { round: number; forecast: NodeForecast }>()
  return (nodeName) => {
    const view = patrol.nodes().find(({ name }) => name === nodeName)
    if (!view) return undefined
    const known = made.get(nodeName)
    const round = patrol.rounds()
    if (known?.round === round) return known.forecast
    const observation = patrol.observation()
    const forecast = forecastNode(view, { elsewhere: observation ? placementIndex(observation) : undefined })
    made.set(nodeName, { round, forecast })
    return forecast
  }
}
