import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { executablePath, launchBrowser } from './headless-browser.ts'
import { serveFleet } from './served-fleet.ts'

const NODES = 500

describe.skipIf(executablePath === undefined)('a fleet on the page', () => {
  let server: Awaited<ReturnType<typeof serveFleet>>
  let browser: Browser

  async function open(width = 1280): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'en-US' })
    const page = await context.newPage()
    await page.goto(server.url)
    await table(page).waitFor()
    return page
  }
  const table = (page: Page) => page.getByRole('table', { name: 'Nodes' })
  const names = (page: Page) => table(page).locator('tbody th').allInnerTexts()
  const focused = (page: Page) => page.locator(':focus')

  beforeAll(async () => {
    browser = await launchBrowser()
    server = await serveFleet(NODES)
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await server.close()
  })

  it('begins with the sick, then with who fills its disk, a page at a time', async () => {
    const page = await open()
    expect((await names(page)).slice(0, 2)).toEqual(['worker-0000', 'worker-0001'])
    expect(await names(page)).toHaveLength(50)
    const filling = table(page).getByRole('row', { name: /worker-0001/ })
    expect(await filling.innerText()).toMatch(/in about \d+ min: Image collection starts/)
    await page.getByRole('button', { name: 'Next', exact: true }).click()
    await page.getByText(`51–100 of ${NODES}`).waitFor()
    expect(await names(page)).not.toContain('worker-0000')
  })

  it('goes from the fleet to a node to its incident by keyboard, and the focus follows', async () => {
    const page = await open()
    const link = table(page).getByRole('link', { name: 'worker-0000' })
    await link.focus()
    await page.keyboard.press('Enter')
    const title = page.getByRole('heading', { level: 1, name: 'Node worker-0000' })
    await title.waitFor()
    await expect.poll(() => focused(page).textContent()).toBe('Node worker-0000')
    await page.locator('canvas').first().waitFor()
    const incident = page.getByRole('table', { name: 'Incidents' }).getByRole('link').first()
    await incident.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'What to do' }).waitFor()
    const address = page.url()
    expect(address).toMatch(/\/incidents\/[^/]+$/)
    await page.reload()
    await page.getByRole('heading', { name: 'What to do' }).waitFor()
    await page.goBack()
    await title.waitFor()
  })

  it('says where the bytes of a node are, and of what a kind is made, by keyboard', async () => {
    const page = await open()
    await table(page).getByRole('link', { name: 'worker-0000' }).click()
    const bytes = page.getByRole('region', { name: 'Where the bytes are' })
    await bytes.getByText('95.0 GB of 100 GB in use').waitFor()
    const whose = bytes.getByRole('table', { name: 'Where the bytes are: /' })
    expect(await whose.getByRole('row').nth(1).innerText()).toMatch(/emptyDir volumes.*\s+47\.5 GB\s+50 %/s)
    const part = bytes.getByText('cache')
    expect(await part.count()).toBe(0)
    await bytes.getByRole('button', { name: 'emptyDir volumes' }).focus()
    await page.keyboard.press('Enter')
    await part.waitFor()
  })

  it('filters and sorts, keeps it in the address, and says how it is sorted', async () => {
    const page = await open()
    await page.getByLabel('Node name contains').fill('R-04')
    await expect.poll(async () => (await names(page)).every((name) => name.includes('worker-04'))).toBe(true)
    const head = table(page).getByRole('columnheader', { name: 'Nodes' })
    await head.getByRole('button').press('Enter')
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
    await head.getByRole('button').press('Enter')
    expect(await head.getAttribute('aria-sort')).toBe('descending')
    expect((await names(page))[0]).toBe('worker-0499')
    await page.reload()
    await table(page).waitFor()
    expect((await names(page))[0]).toBe('worker-0499')
    await page.getByLabel('Node name contains').fill('')
    await page.getByLabel('State').selectOption('unseen')
    await expect.poll(() => names(page)).toEqual(['worker-0002'])
  })

  it('says why a node is not seen, and shows a filesystem of images by itself', async () => {
    const page = await open()
    await page.goto(new URL('/nodes/worker-0002', server.url).href)
    await page.getByText('The disk of this node was never seen.').waitFor()
    await page.getByText(/stats\/summary is missing: no answer in time/).waitFor()
    await page.goto(new URL('/nodes/worker-0004', server.url).href)
    await page.getByRole('region', { name: 'Image filesystem' }).locator('canvas').waitFor()
    await page.goto(new URL('/nodes/none', server.url).href)
    await page.getByText('There is nothing at this address').waitFor()
  })

  it('says what was sent, and what became of it', async () => {
    const page = await open()
    await page.getByRole('link', { name: 'Notifications' }).click()
    const sent = page.getByRole('table', { name: 'Sent through channels' })
    expect(await sent.getByRole('row', { name: /mail/ }).innerText()).toMatch(/delivered at/)
    expect(await sent.getByRole('row', { name: /hostile/ }).innerText()).toMatch(/failed, tried 3 times/)
    expect(await sent.getByRole('row', { name: /ops-chat/ }).innerText()).toMatch(/waiting/)
  })

  it('speaks Chinese everywhere', async () => {
    const page = await open()
    await page.getByText('简体中文').click()
    for (const [link, title] of [
      ['事件', '事件'],
      ['发现', '发现'],
      ['通知', '通知'],
      ['节点', '节点'],
    ] as const) {
      await page.getByRole('navigation', { name: '页面' }).getByRole('link', { name: link }).click()
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
    }
  })

  it('shows hostile names as text on every page, and holds them in a narrow screen', async () => {
    const page = await open(390)
    await page.getByLabel('Node name contains').fill('<img')
    await table(page)
      .getByRole('link', { name: /<img id="hostile"/ })
      .click()
    await page.getByRole('heading', { level: 1, name: /<img id="hostile".*\ufffdgnp\.exe/ }).waitFor()
    for (const path of ['', 'incidents', 'findings', 'notifications', 'nodes/worker-0002']) {
      await page.goto(new URL(`/${path}`, server.url).href)
      await page.getByRole('heading', { level: 1 }).waitFor()
      expect(await page.locator('#hostile').count()).toBe(0)
      expect(await page.evaluate('window.hostile')).toBeUndefined()
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    }
  })
})
