import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { kubeconfigText } from '../../src/apps/lab/api/kubeconfig-text.ts'
import { fakeCriServer, field, message, type FakeCriServer } from '../contracts/fake-cri-server.ts'
import { answerTokenReviews } from '../fake-api-server/answer-token-reviews.ts'
import { startFakeApiServer, type FakeApiServer } from '../fake-api-server/fake-api-server.ts'
import { populate } from '../fake-api-server/small-cluster.ts'
import { startProgram, type RunningProgram } from './running-program.ts'
import { startServe, type RunningServer } from './running-server.ts'

const AGENT = {
  username: 'system:serviceaccount:kubepatrol:kubepatrol-agent',
  extra: { 'authentication.kubernetes.io/node-name': ['node-0'] },
}
const ORPHAN = '6f0c5d0e-1f9f-4f37-9d3e-0c3b2c6f7a11'
const ORPHAN_HELD = /Seen on the node/

let folder: string
let api: FakeApiServer
let runtime: FakeCriServer
let controller: RunningServer
let agent: RunningProgram
const at = (name: string) => path.join(folder, name)

const serve = (port: number) =>
  startServe(
    ...`--kubeconfig ${at('kubeconfig')} --interval 1s --agent-port ${port}`.split(' '),
    ...`--agent-certificate ${at('tls.crt')} --agent-key ${at('tls.key')}`.split(' '),
  )
const portOf = ({ lines }: RunningServer) => Number(/hand over at port (\d+)/.exec(lines.join('\n'))?.[1])

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-agent-'))
  for (const name of [
    'proc',
    `var/lib/kubelet/pods/${ORPHAN}/volumes/kubernetes.io~empty-dir/data`,
    'var/log',
  ])
    await mkdir(at(`host/${name}`), { recursive: true })
  await writeFile(at(`host/var/lib/kubelet/pods/${ORPHAN}/volumes/kubernetes.io~empty-dir/data/left`), 'x')
  await writeFile(at('kubelet.log'), '')
  api = await startFakeApiServer()
  populate(api)
  api.intercept = answerTokenReviews((token) => (token === 'renewed' ? AGENT : undefined))
  await writeFile(at('kubeconfig'), kubeconfigText(api))
  const own = api.authority.issue({ commonName: 'controller', hosts: ['127.0.0.1'] })
  await writeFile(at('tls.crt'), own.certificate)
  await writeFile(at('tls.key'), own.key)
  await writeFile(at('ca.crt'), api.authority.certificate)
  await writeFile(at('token'), 'expired\n')
  runtime = await fakeCriServer(at('runtime.sock'))
  const version = message(field(1, '0.1.0'), field(2, 'containerd'), field(3, '1.7.2'))
  runtime.reply('runtime.v1.RuntimeService/Version', version)
  // No pod runs, so the directory is of one that is gone.
  runtime.reply('runtime.v1.RuntimeService/ListPodSandbox', Buffer.alloc(0))
  controller = await serve(0)
  await controller.printed(/hand over at port/)
})
afterAll(async () => {
  await agent?.stop()
  await controller?.stop()
  await runtime?.close()
  await api?.close()
  await rm(folder, { recursive: true })
})

/** What the controller serves to its page. */
async function document(name: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${controller.port}/api/v1/${name}`, {
    headers: { authorization: `Bearer ${controller.token}` },
  })
  return answer.text()
}

it('hands over what it sees, however often its token and its controller change', async () => {
  const port = portOf(controller)
  agent = startProgram([
    ...`agent --host-root ${at('host')} --node-name node-0 --runtime ${at('runtime.sock')}`.split(' '),
    ...`--kubelet-log ${at('kubelet.log')} --no-registries --interval 1s --lang en`.split(' '),
    ...`--controller https://127.0.0.1:${port} --controller-ca ${at('ca.crt')}`.split(' '),
    ...`--controller-token ${at('token')}`.split(' '),
  ])
  // Its token is of nobody: it patrols alone.
  await agent.printed(/The controller does not take the rounds of this agent: .*KP_TOKEN_UNKNOWN/)
  await state()
  await agent.printed(/OPENED/)

  // The token is replaced in its file, as a kubelet does. Nothing of what was seen before is lost.
  await writeFile(at('token'), 'renewed\n')
  await agent.printed(/takes the rounds again/)
  await expect.poll(() => document('nodes/node-0'), { timeout: 10_000 }).toMatch(ORPHAN_HELD)

  // Another controller comes in its place: it hears of what is new.
  await controller.stop()
  await agent.printed(/The controller does not take the rounds of this agent: nothing answers/)
  const said = agent.lines.length
  await state()
  controller = await serve(port)
  await agent.printed(/takes the rounds again/, said)
  await expect.poll(() => document('nodes/node-0'), { timeout: 10_000 }).toMatch(ORPHAN_HELD)
})

/** Has the kubelet's log say that it freed nothing, and what it cannot remove: what holds that is seen on the node only. */
async function state(): Promise<void> {
  const [day = '', time = ''] = new Date().toISOString().slice(5, -1).split('T')
  const head = `E${day.replace('-', '')} ${time}000 1`
  const lines = [
    `${head} image_gc_manager.go:300] Failed to garbage collect required amount of images. wanted to free 5368709120 bytes, but freed 0 bytes`,
    `${head} kubelet_volumes.go:154] Orphaned pod "${ORPHAN}" found, but volume paths are still present on disk : There were a total of 1 errors similar to this. Turn up verbosity to see them.`,
  ]
  await appendFile(at('kubelet.log'), lines.map((line) => `${line}\n`).join(''))
}
