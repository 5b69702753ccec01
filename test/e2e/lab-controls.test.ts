import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { executablePath, launchBrowser } from './headless-browser.ts'
import { startServe, type RunningServer } from './running-server.ts'

/** The controls as somebody hears them, and what the page says. */
const LANGUAGES = [
  {
    locale: 'en-US',
    scenario: 'Scenario',
    pause: 'Pause',
    resume: 'Resume',
    restart: 'Start again',
    atSpeed: 'A simulated cluster at 120× speed',
    held: 'A simulated cluster, held',
    full: /An air-gapped cluster/,
    quiet: /Nothing is wrong/,
    incidents: 'Incidents',
  },
  {
    locale: 'zh-CN',
    scenario: '场景',
    pause: '暂停',
    resume: '继续',
    restart: '重新开始',
    atSpeed: '模拟集群，120 倍速',
    held: '模拟集群，已暂停',
    full: /离线集群/,
    quiet: /一切正常/,
    incidents: '事件',
  },
]

describe.skipIf(executablePath === undefined)('the controls of the lab, by keyboard alone', () => {
  let browser: Browser
  let server: RunningServer

  async function open(locale: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale })
    const page = await context.newPage()
    await page.goto(server.url)
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
    return page
  }

  beforeAll(async () => {
    browser = await launchBrowser()
  })
  beforeEach(async () => {
    server = await startServe('--scenario', 'air-gapped-disk-full')
  })
  afterEach(() => server.stop())
  afterAll(() => browser.close())

  it.each(LANGUAGES)(
    'choose a speed, hold, start again and change the scenario, in $locale',
    async (words) => {
      const page = await open(words.locale)
      const controls = page.getByRole('group', { name: words.scenario })
      const incidents = page.getByRole('navigation').getByRole('link', { name: words.incidents })

      await tabTo(page, 'input[type=radio][value="30"]')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowRight')
      await page.getByText(words.atSpeed).waitFor()
      expect(await controls.getByRole('radio', { name: '120×' }).isChecked()).toBe(true)

      // Far enough that what comes after a new start is told from it.
      await expect.poll(() => incidents.innerText(), { timeout: 20_000 }).toMatch(/\d/)
      await tabTo(page, 'button')
      expect(await focusedName(page)).toBe(words.pause)
      await page.keyboard.press('Enter')
      await page.getByText(words.held).waitFor()
      expect(await focusedName(page), 'the focus stays on the button').toBe(words.resume)
      // The round that was under way ends; after it the clock is the same, also for who comes later.
      const other = await open(words.locale)
      await other.getByText(words.held).waitFor()
      const heldAt = await clock(other)
      await other.reload()
      await other.getByText(words.held).waitFor()
      expect(await clock(other), 'the clock of a lab that is held').toBe(heldAt)
      expect(await clock(page)).toBe(heldAt)
      await other.close()

      await page.keyboard.press('Enter')
      await page.getByText(words.atSpeed).waitFor()
      await expect.poll(() => clock(page)).not.toBe(heldAt)

      await page.keyboard.press('Tab')
      expect(await focusedName(page)).toBe(words.restart)
      await page.keyboard.press('Enter')
      await expect.poll(async () => (await clock(page)) < heldAt).toBe(true)
      await page.getByText(words.atSpeed).waitFor()
      await controls.getByText(words.full).waitFor()
      expect(await focusedName(page), 'the focus stays on the button').toBe(words.restart)

      await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('ArrowDown')
      const option = page.getByRole('option', { name: 'healthy-cluster' })
      await option.waitFor()
      for (let presses = 0; presses < 20 && !(await isHighlighted(page, 'healthy-cluster')); presses++) {
        await page.keyboard.press('ArrowDown')
      }
      await page.keyboard.press('Enter')
      await controls.getByText(words.quiet).waitFor()
      await page.getByRole('table').getByRole('link', { name: 'node-1' }).waitFor()
      expect(await page.getByRole('link', { name: 'k8work2' }).count()).toBe(0)
      expect(await incidents.innerText()).not.toMatch(/\d/)
    },
    60_000,
  )

  it('leave a program that ends when told to, also while a scenario begins', async () => {
    const page = await open('en-US')
    await page.getByRole('button', { name: 'Start again' }).focus()
    const answered = page.waitForResponse(/\/api\/v1\/lab$/)
    await page.keyboard.press('Enter')
    await answered
    expect(await server.stop()).toBe(0)
  })
})

/** Presses Tab until the focus is on such an element. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const isThere = () => page.locator(':focus').and(page.locator(selector)).count()
  for (let presses = 0; presses < 30; presses++) {
    await page.keyboard.press('Tab')
    if ((await isThere()) > 0) return
  }
  throw new Error(`no Tab leads to ${selector}`)
}

function focusedName(page: Page): Promise<string> {
  return page.locator(':focus').innerText()
}

/** The simulated time that the head of the page shows. */
async function clock(page: Page): Promise<string> {
  return /\d\d:\d\d:\d\d/.exec(await page.locator('header').innerText())?.[0] ?? ''
}

async function isHighlighted(page: Page, name: string): Promise<boolean> {
  const active = await page.locator(':focus').getAttribute('aria-activedescendant')
  return active !== null && (await page.locator(`[id="${active}"]`).innerText()) === name
}
