import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { executablePath, launchBrowser } from './headless-browser.ts'
import { serveFleet } from './served-fleet.ts'

describe.skipIf(executablePath === undefined)('the page of a node', () => {
  let server: Awaited<ReturnType<typeof serveFleet>>
  let browser: Browser

  async function open(node: string, { width = 1280, locale = 'en-US' } = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, locale })
    const page = await context.newPage()
    await page.goto(server.url)
    await page
      .getByRole('table', { name: 'Nodes' })
      .or(page.getByRole('table', { name: '节点' }))
      .getByRole('link', { name: node, exact: true })
      .click()
    await page.locator('.kp-consumers, .kp-seen').first().waitFor()
    return page
  }
  const rows = async (page: Page, name: string) => {
    const texts = await page.getByRole('table', { name }).getByRole('row').allInnerTexts()
    return texts.map((text) => text.replace(/\s+/g, ' ').trim())
  }

  beforeAll(async () => {
    browser = await launchBrowser()
    server = await serveFleet(6)
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await server.close()
  })

  it('shows all of a disk in one picture, which is said in words too', async () => {
    const page = await open('worker-0000')
    const picture = page.getByRole('img', { name: /as a bar/ })
    expect(await picture.getAttribute('aria-label')).toBe(
      '/ as a bar: images 12.0 GB, pods 50.5 GB, volumes 16.6 GB, left behind 2.00 GB, the node itself 1.00 GB, not attributed 12.9 GB, available 5.00 GB.',
    )
    const share = await page.evaluate<number>(`(() => {
      const bar = document.querySelector('.kp-whole')
      const widths = [...bar.children].map((part) => part.getBoundingClientRect().width)
      return widths.reduce((sum, width) => sum + width, 0) / bar.clientWidth
    })()`)
    expect(share).toBeCloseTo(0.95, 2)
  })

  it('says who grows, down to a container, by keyboard', async () => {
    const page = await open('worker-0000')
    const table = page.getByRole('table', { name: 'Where the bytes are: /' })
    expect(await table.getByRole('row', { name: /local persistent volumes/ }).innerText()).toContain(
      '+20 MB/s',
    )
    await table.getByRole('button', { name: 'container logs' }).press('Enter')
    await table.getByRole('button', { name: 'shop/cart-0' }).press('Enter')
    const sidecar = table.getByRole('row', { name: /^sidecar/ })
    expect(await sidecar.innerText()).toMatch(/1\.00 GB\s+1 %\s+still/)
    const logs = table.getByRole('button', { name: 'container logs' })
    expect(await logs.getAttribute('aria-expanded')).toBe('true')
    await logs.press('Enter')
    expect(await sidecar.count()).toBe(0)
  })

  it('tells which images may be lost, who uses the others, and what a registry said', async () => {
    const page = await open('worker-0000')
    expect(await rows(page, 'Images')).toEqual([
      'Image Use Can it be pulled again?',
      expect.stringMatching(
        /^<img id="hostile".*AT RISK 300 MB reported idle; not seen in use not known loaded by hand/i,
      ),
      expect.stringMatching(
        /^registry.example\/batch:7 AT RISK 9 MB reported idle; last used 4 min ago not known/i,
      ),
      'registry.example/shop/cart:1.4 frees 600 MB · and 1 more name used by shop/cart-0 yes a registry has exactly this (registry.example), 60 min ago',
      expect.stringMatching(/^registry.example\/pause:3.9 PINNED 1 MB reported idle; not seen in use/i),
    ])
  })

  it('tells what pods left behind and what holds it, and of everything who saw it', async () => {
    const page = await open('worker-0000')
    const [, left] = await rows(page, 'Left behind by pods')
    expect(left).toMatch(
      /^\/var\/lib\/kubelet\/pods\/6f0c\S+ 2\.00 GB mounted at .* in use by java \(4711\)$/,
    )
    await page.getByText('Its agent was heard 12 s ago.').waitFor()
    expect(await rows(page, 'Who saw what, and when')).toContain(
      'settings of the kubelet from outside test just now'.replace('from outside', 'FROM OUTSIDE'),
    )
    expect(await rows(page, 'Who saw what, and when')).toContain('images AGENT test just now')
  })

  it('says that an agent is silent, and that there is none', async () => {
    const silent = await open('worker-0001')
    await silent.getByText('Its agent is silent: last heard 5 min ago.').waitFor()
    const none = await open('worker-0004')
    await none.getByText('It has no agent').waitFor()
    await none.getByText('As the kubelet counts').first().waitFor()
  })

  it('speaks Chinese, fits a narrow screen, and runs nothing that a cluster sends', async () => {
    const page = await open('worker-0000', { width: 390, locale: 'zh-CN' })
    await page.getByRole('heading', { name: '空间去向' }).waitFor()
    await page.getByText('节点上的 agent 在线，最近一次报告于 12 秒前。').waitFor()
    await page.getByRole('button', { name: 'emptyDir 卷' }).click()
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    expect(await page.evaluate<unknown>('window.hostile')).toBeUndefined()
    expect(await page.locator('#hostile').count()).toBe(0)
  })
})
