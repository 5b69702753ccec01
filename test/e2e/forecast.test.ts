import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ForecastDocument } from '../../src/http/contract.ts'
import { executablePath, launchBrowser } from './headless-browser.ts'
import { startServer, type RunningServer } from './running-server.ts'

const MARKUP = '<img id="hostile" src="x" onerror="window.hostile=1">'
const TURNED = 'evil\u202Egnp.exe\u0007'
const LONG = 'x'.repeat(300)

const soon = { p10: '2026-11-24T08:22:30Z', p50: '2026-11-24T08:22:39Z', p90: null }
/** A forecast of a cluster in which whoever names things means harm. */
const hostileForecast: ForecastDocument = {
  node: 'lab-node',
  madeAt: '2026-11-24T08:22:27Z',
  horizonSeconds: 86_400,
  growth: { kind: 'trend', bytesPerSecond: { p10: 1, p50: 2, p90: 3 } },
  consumers: [{ name: MARKUP, pod: null, bytesPerSecond: 1e6 }],
  levels: [
    { id: 'image-gc', kind: 'image-gc', unit: 'bytes', below: 1, setting: '', message: MARKUP, at: soon },
  ],
  band: [],
  actions: [
    {
      at: soon,
      kind: 'reclaim-images',
      victims: [{ kind: 'image', id: 'sha256:1', name: MARKUP }],
      victimSet: [
        { kind: 'pod', namespace: LONG, name: TURNED, uid: '1' },
        { kind: 'pod', namespace: 'default', name: 'b', uid: '2' },
      ],
      taken: { min: 1, max: 1 },
      wantedBytes: null,
      freedBytes: null,
      why: MARKUP,
    },
  ],
  consequences: [
    {
      kind: 'fits-nowhere-else',
      subject: MARKUP,
      certainty: 'certain',
      message: MARKUP,
      nodes: [{ nodes: [TURNED], reason: MARKUP }],
    },
  ],
  gaps: [MARKUP + LONG],
}

describe.skipIf(executablePath === undefined)('the forecast on the page', () => {
  let server: RunningServer
  let browser: Browser

  async function open(width: number): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'en-US' })
    return context.newPage()
  }

  beforeAll(async () => {
    browser = await launchBrowser()
    server = await startServer('recordings/incident', '--speed', '5')
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await server.stop()
  })

  it('names the victims before the kubelet acts, with the band, and goes with the time', async () => {
    const page = await open(1280)
    await page.goto(server.url)
    const forecast = page.getByRole('region', { name: 'What the kubelet will do next' })
    // One look at the whole page: it changes while it is looked at.
    const isForetold = async () => {
      const text = await page.locator('body').innerText()
      return (
        text.includes('Takes log/es-0.') &&
        text.includes('Deletion of unused images') &&
        /Dashed: expected, .* in \d+ s/.test(text) &&
        !text.includes('was evicted')
      )
    }
    await expect.poll(isForetold, { timeout: 30_000, interval: 50 }).toBe(true)
    const before = await forecast.textContent()
    await expect.poll(() => forecast.textContent(), { timeout: 10_000 }).not.toBe(before)
    await page.getByText('was evicted').first().waitFor()
  }, 60_000)

  it('asks for forecasts at most once a second', async () => {
    const page = await open(1280)
    const asked: number[] = []
    page.on('request', (request) => {
      if (new URL(request.url()).pathname.endsWith('/forecast')) asked.push(performance.now())
    })
    await page.goto(server.url)
    await expect.poll(() => asked.length, { timeout: 15_000 }).toBeGreaterThan(4)
    // The first is of the page that loads, the second may follow with the stream.
    const between = asked.slice(2).map((at, index) => at - (asked[index + 1] ?? 0))
    expect(Math.min(...between)).toBeGreaterThan(800)
  }, 30_000)

  it('keeps its height whatever is forecast, and is scrolled with the keyboard', async () => {
    const page = await open(1280)
    let count = 1
    await page.route('**/forecast?*', (route) => {
      const [action] = hostileForecast.actions
      const actions = Array.from({ length: count++ }, () => action)
      return route.fulfill({ json: { ...hostileForecast, actions } })
    })
    await page.goto(server.url)
    const forecast = page.getByRole('group', { name: 'What the kubelet will do next' })
    const height = async () => (await forecast.boundingBox())?.height
    const before = await height()
    await expect.poll(() => forecast.locator('ol > li').count(), { timeout: 15_000 }).toBeGreaterThan(3)
    expect(await height()).toBe(before)
    await forecast.focus()
    await page.keyboard.press('End')
    await expect.poll(() => page.evaluate<number>('document.activeElement.scrollTop')).toBeGreaterThan(0)
  }, 30_000)

  it('shows hostile names as text, and holds them in a narrow screen', async () => {
    const page = await open(360)
    await page.route('**/forecast?*', (route) => route.fulfill({ json: hostileForecast }))
    await page.goto(server.url)
    const forecast = page.getByRole('region', { name: 'What the kubelet will do next' })
    await forecast.getByRole('button', { name: 'When the level is crossed' }).click()
    const text = (await forecast.textContent()) ?? ''
    // The victim, the level, the consequence, its reason, the consumer, the gap.
    expect(text.split(MARKUP)).toHaveLength(7)
    expect(text).toContain('evil\ufffdgnp.exe\ufffd')
    expect(text).toContain('in 12 s (in 3 s at the earliest; perhaps not within 24 h)')
    expect(await page.locator('#hostile').count()).toBe(0)
    expect(await page.evaluate('window.hostile')).toBeUndefined()
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
  })
})
