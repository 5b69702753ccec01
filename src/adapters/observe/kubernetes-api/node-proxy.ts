import { Configz } from '../../../core/kubernetes/kubelet-configuration.ts'
import { KUBELET_METRICS, readMetricLine, type MetricSample } from '../../../core/kubernetes/metrics-text.ts'
import { Summary } from '../../../core/kubernetes/summary.ts'
import type { Answer, LogPiece, NodeProxy } from '../../../core/observe/cluster-api.ts'
import type { Clock } from '../../../core/observe/clock.ts'
import { ApiFailure, gapOf } from './api-failure.ts'
import { lanes, type LaneWidths } from './lanes.ts'
import { nodeLogPath, nodePath, type ApiPath } from './transport/api-path.ts'
import type { ApiTransport, Limits } from './transport/api-transport.ts'
import { understood } from './understood.ts'

const MOST_SUMMARY_BYTES = 16 * 1024 * 1024
const MOST_CONFIGZ_BYTES = 1024 * 1024
const MOST_METRICS_BYTES = 16 * 1024 * 1024
const MOST_METRIC_SAMPLES = 20_000

/** How nodes are asked. */
export interface NodeProxyOptions {
  /** For one answer of one node. */
  timeMs: number
  widths: LaneWidths
  clock: Clock
  signal: AbortSignal
}

/** Asks kubelets through the API server's node proxy. */
export function nodeProxy(transport: ApiTransport, options: NodeProxyOptions): NodeProxy {
  const inLane = lanes(options.clock, options.widths)
  const limits = (mostBytes: number): Limits => ({
    mostBytes,
    timeMs: options.timeMs,
    // What a node does not say now it is asked in the next round.
    patience: { attempts: 2, firstWaitMs: 250, longestWaitMs: 1000 },
    signal: options.signal,
  })
  const ask = <T>(node: string, part: string, read: () => Promise<T>): Promise<Answer<T>> =>
    inLane(read).then(
      (value) => ({ value }),
      (failure: unknown) => ({ gap: gapOf(failure, part, node) }),
    )

  return {
    summary: (node) =>
      ask(node, 'stats/summary', async () =>
        understood(
          Summary,
          await transport.json(nodePath(node, 'stats/summary'), limits(MOST_SUMMARY_BYTES)),
        ),
      ),
    configz: (node) =>
      ask(node, 'configz', async () => {
        const json = await transport.json(nodePath(node, 'configz'), limits(MOST_CONFIGZ_BYTES))
        return understood(Configz, json).kubeletconfig
      }),
    metrics: (node) =>
      ask(node, 'metrics', async () => {
        const plain = { accept: 'text/plain', 'accept-encoding': 'gzip' }
        const { body } = await transport.bytes(nodePath(node, 'metrics'), limits(MOST_METRICS_BYTES), plain)
        return samplesOf(body.toString('utf8'))
      }),
    log: (node, file, fromByte, mostBytes) =>
      ask(node, 'logs', () => readLog(transport, nodeLogPath(node, file), { fromByte, mostBytes }, limits)),
  }
}

function samplesOf(text: string): MetricSample[] {
  const samples: MetricSample[] = []
  for (const line of text.split('\n')) {
    const sample = readMetricLine(line, KUBELET_METRICS)
    if (sample === undefined) continue
    if (samples.length >= MOST_METRIC_SAMPLES) {
      throw new ApiFailure('too-large', `more than ${MOST_METRIC_SAMPLES} samples`)
    }
    samples.push(sample)
  }
  return samples
}

async function readLog(
  transport: ApiTransport,
  path: ApiPath,
  { fromByte, mostBytes }: { fromByte: number; mostBytes: number },
  limits: (mostBytes: number) => Limits,
): Promise<LogPiece> {
  const range = (text: string) => ({ accept: '*/*', range: `bytes=${text}`, 'accept-encoding': 'identity' })
  const wanted =
    fromByte < 0 ? `-${Math.min(-fromByte, mostBytes)}` : `${fromByte}-${fromByte + mostBytes - 1}`
  try {
    const { body, headers, status } = await transport.bytes(path, limits(mostBytes), range(wanted))
    const from = fromByte < 0 ? Math.max(0, body.length + fromByte) : fromByte
    // A kubelet that gives the whole file counts from its beginning.
    return { bytes: status === 206 ? body : body.subarray(from), ...sizeOf(headers) }
  } catch (failure) {
    if (!(failure instanceof ApiFailure) || failure.is.status !== 416) throw failure
    // There is nothing from there on: the file is empty, shorter than it was, or has not grown.
    return { bytes: Buffer.alloc(0), ...sizeOf(failure.is.headers ?? {}) }
  }
}

function sizeOf(headers: Readonly<Record<string, string | undefined>>): { sizeBytes?: number } {
  const text = /\/(\d{1,15})$/.exec(headers['content-range'] ?? '')?.[1] ?? headers['content-length']
  return text === undefined || headers['content-range']?.endsWith('/*') ? {} : { sizeBytes: Number(text) }
}
