import { formatInstant, type Instant } from '../../../../core/units/instant.ts'

/** What a line of a container's log is made from. */
export interface Utterance {
  at: Instant
  /** The name of the pod. */
  pod: string
  /** Counts the lines; the same line says the same whenever it is read. */
  turn: number
  /** A number that follows from the turn, from 0 to below `below`. */
  drawn(below: number): number
  /** Of the disk that its node writes logs to, in per cent. */
  freePercent: number
}

/** How the programs of an image speak: the first lines, and those that follow. */
interface Voice {
  image: RegExp
  first: readonly ((said: Utterance) => string)[]
  following(said: Utterance): string
}

const iso = (at: Instant) => formatInstant(Math.floor(at)).replace(/(?:\.\d+)?Z$/, '')
const milliseconds = (at: Instant, separator: string) =>
  `${iso(at)}${separator}${String(Math.floor(at) % 1000).padStart(3, '0')}`
const klog = (letter: string, at: Instant, from: string) => {
  const time = new Date(Math.floor(at)).toISOString()
  return `${letter}${time.slice(5, 7)}${time.slice(8, 10)} ${time.slice(11, 23)}000       1 ${from}]`
}
const elastic = (level: string, logger: string, { at, pod }: Utterance, text: string) =>
  `[${milliseconds(at, ',')}][${level.padEnd(5)}][${logger.padEnd(25)}] [${pod}] ${text}`
const logstash = (level: string, logger: string, { at }: Utterance, text: string) =>
  `[${milliseconds(at, ',')}][${level.padEnd(5)}][${logger.padEnd(25)}] ${text}`
const kibana = ({ at, turn, drawn }: Utterance, type: string, message: string) =>
  JSON.stringify({
    type,
    '@timestamp': `${iso(at)}Z`,
    tags: turn === 0 ? ['status', 'info'] : [],
    pid: 1,
    statusCode: 200,
    message: `${message} ${drawn(90) + 4}ms - 9.0B`,
  })

const LOW_PERCENT = 10
const SERVICES = ['kibana', 'logstash', 'es-0.es', 'es-1.es', 'web', 'db']
const PATHS = ['/api/orders', '/api/items', '/healthz', '/login', '/api/cart']

const VOICES: readonly Voice[] = [
  {
    image: /elasticsearch/,
    first: [
      (said) =>
        elastic('INFO', 'o.e.e.NodeEnvironment', said, 'using [1] data paths, mounts [[/data (local)]]'),
      (said) =>
        elastic(
          'INFO',
          'o.e.t.TransportService',
          said,
          'publish_address {0.0.0.0:9300}, bound_addresses {0.0.0.0:9300}',
        ),
      (said) => elastic('INFO', 'o.e.n.Node', said, 'started'),
    ],
    following: (said) =>
      said.freePercent < LOW_PERCENT && said.turn % 4 === 0
        ? elastic(
            'WARN',
            'o.e.c.r.a.DiskThresholdMonitor',
            said,
            `high disk watermark [90%] exceeded on [${said.pod}][/data/nodes/0] free: [${said.freePercent.toFixed(1)}%], shards will be relocated away from this node`,
          )
        : elastic(
            'DEBUG',
            'o.e.a.b.TransportShardBulkAction',
            said,
            `[logstash-${iso(said.at).slice(0, 10).replaceAll('-', '.')}][${said.drawn(5)}] bulk of ${said.drawn(900) + 100} items took ${said.drawn(80) + 3}ms`,
          ),
  },
  {
    image: /kibana/,
    first: [(said) => kibana(said, 'log', 'Status changed from yellow to green - Ready')],
    following: (said) => kibana(said, 'response', 'GET /api/status 200'),
  },
  {
    image: /logstash/,
    first: [
      (said) => logstash('INFO', 'logstash.runner', said, 'Starting Logstash {"logstash.version"=>"6.8.1"}'),
      (said) =>
        logstash(
          'INFO',
          'logstash.agent',
          said,
          'Pipelines running {:count=>1, :running_pipelines=>[:main], :non_running_pipelines=>[]}',
        ),
    ],
    following: (said) =>
      logstash(
        'INFO',
        'logstash.outputs.elasticsearch',
        said,
        `bulk of ${said.drawn(400) + 100} events sent to http://es.log:9200 in ${said.drawn(60) + 2}ms`,
      ),
  },
  {
    image: /kube-proxy/,
    first: [
      ({ at }) => `${klog('I', at, 'server_others.go:146')} Using iptables Proxier.`,
      ({ at }) => `${klog('I', at, 'config.go:202')} Starting service config controller`,
    ],
    following: ({ at, drawn }) =>
      `${klog('I', at, 'proxier.go:757')} Syncing iptables rules took ${drawn(40) + 8}ms`,
  },
  {
    image: /coredns/,
    first: [({ at }) => `${iso(at)}Z [INFO] CoreDNS-1.3.1`, () => 'linux/amd64, go1.11.4, 6b56a9c'],
    following: ({ at, drawn }) =>
      `${milliseconds(at, '.')}Z [INFO] 10.244.1.${drawn(200) + 2}:${drawn(20000) + 32768} - ${drawn(60000)} "A IN ${SERVICES[drawn(SERVICES.length)]}.svc.cluster.local. udp 52 false 512" NOERROR qr,aa,rd 102 0.000${drawn(900) + 100}s`,
  },
  {
    image: /calico/,
    first: [({ at }) => `${iso(at).replace('T', ' ')} [INFO][8] startup.go 256: Early log level set to info`],
    following: ({ at, drawn }) =>
      `${milliseconds(at, '.').replace('T', ' ')} [INFO][${drawn(9) + 40}] int_dataplane.go 765: Applying dataplane updates`,
  },
]

const PLAIN: Voice = {
  image: /^/,
  first: [({ at, pod }) => `${iso(at)}Z INFO ${pod} started`],
  following: ({ at, turn, drawn }) =>
    `${milliseconds(at, '.')}Z INFO request id=${turn.toString(16).padStart(8, '0')} path=${PATHS[drawn(PATHS.length)]} status=200 duration=${drawn(120) + 1}ms`,
}

/** A line of the log of a container of an image. */
export function lineOf(image: string, said: Utterance): string {
  const { first, following } = VOICES.find((voice) => voice.image.test(image)) ?? PLAIN
  return (first[said.turn] ?? following)(said)
}
