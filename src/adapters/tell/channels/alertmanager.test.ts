import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { StateChannel } from '../../../core/tell/notification-channel.ts'
import { alertmanager } from './alertmanager.ts'
import { CONTEXT, fakeService, hostileNotice, postingChannelContract } from './transport/channel.contract.ts'

postingChannelContract({
  type: alertmanager,
  options: (url) => ({ url: `${url}/`, authorization: 'Bearer whisper' }),
  yes: '',
  secret: 'whisper',
})

interface Alert {
  labels: Record<string, string>
  annotations: Record<string, string>
  startsAt: string
  endsAt: string
  status?: { state: string }
}
const context = { ...CONTEXT, language: 'en' as const, now: Date.now }
const brief = () => hostileNotice().incidents[0] ?? expect.unreachable()

async function alertsSent(send: (channel: StateChannel) => Promise<void>): Promise<Alert[]> {
  const service = await fakeService('')
  await send(alertmanager.open({ url: service.url }, context) as StateChannel)
  await service.close()
  return service.received.flatMap(({ body }) => JSON.parse(body) as Alert[])
}

describe('alertmanager', () => {
  it('is told that an incident lasts, with its end ahead', async () => {
    const [alert] = await alertsSent((channel) => channel.refresh([brief()]))
    expect(alert?.labels).toMatchObject({ alertname: 'KubepatrolImageNotFound', severity: 'critical' })
    expect(Date.parse(alert?.endsAt ?? '')).toBeGreaterThan(Date.now() + 60_000)
  })

  it('is told that it is over, with its end in the past', async () => {
    const over = { ...brief(), state: 'resolved' as const, resolvedAt: Date.now() - 1000 }
    const alerts = await alertsSent((channel) =>
      channel.tell(hostileNotice({ kind: 'resolved', incidents: [over] })),
    )
    for (const { endsAt } of alerts) expect(Date.parse(endsAt)).toBeLessThanOrEqual(Date.now())
  })

  it('is told of many in requests of a bounded size', async () => {
    const many = Array.from({ length: 450 }, (_, index) => ({ ...brief(), id: `incident-${index}` }))
    expect(await alertsSent((channel) => channel.refresh(many))).toHaveLength(450)
  })
})

const program = 'prometheus-alertmanager'
const isInstalled = spawnSync(program, ['--version']).status === 0

describe.skipIf(!isInstalled)(
  `alertmanager, the real one (${isInstalled ? program : `${program} is not installed`})`,
  () => {
    let folder: string
    let child: ChildProcess
    let url: string

    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-alertmanager-'))
      await writeFile(path.join(folder, 'c.yml'), 'route: {receiver: none}\nreceivers: [{name: none}]\n')
      url = `http://127.0.0.1:${await freePort()}`
      const args = ['--config.file=c.yml', '--storage.path=data', '--cluster.listen-address=']
      child = spawn(program, [...args, `--web.listen-address=${url.slice(7)}`], {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let said = ''
      child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
      const isReady = () => {
        if (child.exitCode !== null) throw new Error(`${program} ended: ${said.slice(-500)}`)
        return fetch(`${url}/-/ready`).then(
          ({ ok }) => ok,
          () => false,
        )
      }
      await vi.waitUntil(isReady, { timeout: 15_000 })
    }, 20_000)
    afterAll(async () => {
      child.kill()
      await rm(folder, { recursive: true })
    })

    const active = async (): Promise<Alert[]> =>
      (await (await fetch(`${url}/api/v2/alerts?active=true`)).json()) as Alert[]

    it('shows an incident while it lasts, under its severity of now, and no more once it is over', async () => {
      const channel = alertmanager.open({ url }, context) as StateChannel
      const warning = { ...brief(), severity: 'warning' as const }
      await channel.tell(hostileNotice({ incidents: [warning], severity: 'warning' }))
      await expect
        .poll(async () => (await active()).map(({ labels }) => labels['severity']))
        .toEqual(['warning'])
      await channel.tell(hostileNotice({ kind: 'changed' }))
      await expect
        .poll(async () => (await active()).map(({ labels }) => labels['severity']))
        .toEqual(['critical'])
      await channel.refresh([brief()])
      const [alert] = await active()
      expect(alert?.annotations['summary']).toContain('@all')
      expect(Date.parse(alert?.endsAt ?? '')).toBeGreaterThan(Date.now() + 60_000)
      const over = { ...brief(), state: 'resolved' as const, resolvedAt: Date.now() }
      await channel.tell(hostileNotice({ kind: 'resolved', incidents: [over] }))
      await expect.poll(active).toEqual([])
    })
  },
)

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
