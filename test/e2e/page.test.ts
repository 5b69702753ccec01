import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { executablePath, launchBrowser } from './headless-browser.ts'
import { startServer, type RunningServer } from './running-server.ts'

describe.skipIf(executablePath === undefined)('the page', () => {
  let server: RunningServer
  let browser: Browser
  const trouble: string[] = []

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      locale: 'en-US',
      ...options,
    })
    const page = await context.newPage()
    page.on('console', (entry) => entry.type() === 'error' && trouble.push(entry.text()))
    page.on('pageerror', (failure) => trouble.push(failure.message))
    await page.goto(server.url)
    return page
  }

  beforeAll(async () => {
    server = await startServer('recordings/incident', '--speed', '1000')
    await server.printed(/The recording is over/)
    browser = await launchBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await server.stop()
  })

  it('shows what the kubelet will do next, or that it is nothing, and when each level is crossed', async () => {
    const page = await open()
    const forecast = page.getByRole('region', { name: 'What the kubelet will do next' })
    await forecast.waitFor()
    const levels = forecast.getByRole('button', { name: /When each of \d+ levels is crossed/ })
    await levels.press('Enter')
    expect(await levels.getAttribute('aria-expanded')).toBe('true')
    expect(await forecast.textContent()).toMatch(/Image collection starts \(85% used\): /)
  })

  it('shows the incident, its chain in order, and the levels of the kubelet', async () => {
    const page = await open()
    const chain = page.locator('.kp-chain > li')
    await chain.first().waitFor()
    const text = (await chain.allTextContents()).join('\n')
    const order = [
      'threshold was met',
      'too young',
      'was evicted',
      'was refused',
      'The kubelet removed 6 images',
      'pressure had ended',
      'cannot start',
    ]
    const places = order.map((words) => text.indexOf(words))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0)
    expect(await page.getByRole('heading', { level: 3 }).first().textContent()).toContain(
      'from 932 MB to 281 MB in 13 s',
    )
    const chart = page.getByRole('img', { name: /Available bytes over time.*nodefs\.available < 10%/ })
    await chart.locator('canvas').waitFor()
  })

  it('takes the token out of the address, and says what to do without one', async () => {
    const page = await open()
    await page.locator('.kp-chain').waitFor()
    expect(page.url()).not.toContain('token')
    const stranger = await browser.newContext()
    const other = await stranger.newPage()
    await other.goto(`http://127.0.0.1:${server.port}/`)
    await other.getByText('This page needs its token').waitFor()
  })

  it('speaks Chinese and turns dark, and remembers it', async () => {
    const page = await open()
    await page.getByText('简体中文').click()
    await page.getByRole('heading', { name: /可用空间在 13 秒内/ }).waitFor()
    await page.getByText('深色').click()
    await page.reload()
    await page.getByRole('heading', { name: /可用空间在 13 秒内/ }).waitFor()
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark')
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
  })

  it('opens evidence by keyboard alone', async () => {
    const page = await open()
    await page.locator('.kp-chain').waitFor()
    const button = page.getByRole('button', { name: /Evidence/ }).first()
    for (let presses = 0; presses < 20; presses++) {
      await page.keyboard.press('Tab')
      if ((await page.locator(':focus').textContent())?.includes('Evidence')) break
    }
    await page.keyboard.press('Enter')
    expect(await button.getAttribute('aria-expanded')).toBe('true')
    await page
      .getByText(/kubelet\.log:\d+/)
      .first()
      .waitFor()
  })

  it('fits a narrow screen', async () => {
    const page = await open({ viewport: { width: 360, height: 740 } })
    await page.locator('.kp-chain').waitFor()
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
  })

  it('breaks no rule of its own content security policy', () => {
    expect(trouble.filter((text) => !text.includes('401'))).toEqual([])
  })
})
