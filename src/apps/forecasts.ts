import { placementIndex } from '../core/forecast/elsewhere.ts'
import { forecastNode, type NodeForecast } from '../core/forecast/node-forecast.ts'
import type { PlacementIndex } from '../core/placement/index-cluster.ts'
import type { Patrol } from './patrol-loop.ts'

interface Round {
  number: number
  elsewhere: PlacementIndex | undefined
  forecasts: Map<string, NodeForecast>
}

/**
 * Forecasts of a patrol's nodes, each made when it is asked for, and once a round. The cluster is indexed
 * once a round too, whatever the number of nodes. Undefined for a node that was not seen.
 */
export function forecastsOf(patrol: Patrol): (nodeName: string) => NodeForecast | undefined {
  let current: Round | undefined
  const thisRound = (): Round => {
    const number = patrol.rounds()
    if (current?.number === number) return current
    const observation = patrol.observation()
    current = {
      number,
      elsewhere: observation ? placementIndex(observation) : undefined,
      forecasts: new Map(),
    }
    return current
  }
  return (nodeName) => {
    const view = patrol.nodes().find(({ name }) => name === nodeName)
    if (!view) return undefined
    const { elsewhere, forecasts } = thisRound()
    const forecast = forecasts.get(nodeName) ?? forecastNode(view, { elsewhere })
    forecasts.set(nodeName, forecast)
    return forecast
  }
}
