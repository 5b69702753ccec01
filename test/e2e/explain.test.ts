import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { pack } from 'tar-stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { XZ, ZSTD } from '../contracts/packed-line.ts'
import { executablePath, launchBrowser } from './headless-browser.ts'
import { program, startServer, type RunningServer } from './running-server.ts'

const SEED = 'recordings/air-gapped/incident.zh.txt'
const HOSTILE_NAME = '<img id="hostile" src="x" onerror="window.hostile=1">\u202Egnp.log'
const HOSTILE_LINE =
  'E1107 06:20:49.829886   13241 file.go:98] Unable to read config path "/</script><img id=hostile>\u202E": path does not exist, ignoring\n'

describe.skipIf(executablePath === undefined)('the page that explains logs', () => {
  let server: RunningServer
  let browser: Browser
  let folder = ''
  const trouble: string[] = []
  const at = (name: string) => path.join(folder, name)

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
    await page.getByRole('link', { name: /^(?:Explain|解释日志)$/ }).click()
    await dropTarget(page).waitFor()
    return page
  }
  const dropTarget = (page: Page) => page.getByRole('button', { name: /Drop logs here|拖放到此处/ })
  const diagnosis = (page: Page) => page.getByRole('region').filter({ has: page.locator('#diagnosis') })
  const choose = (page: Page, ...names: string[]) =>
    page.locator('input[name=files]').setInputFiles(names.map((name) => path.resolve(folder, name)))

  /** Drops a log so many times as long as a text. */
  const drop = (page: Page, name: string, text: string, times = 1) =>
    page.evaluate(`{
      const piece = new Blob([${JSON.stringify(text)}])
      const dropped = new DataTransfer()
      dropped.items.add(new File(Array.from({ length: ${times} }, () => piece), '${name}'))
      for (const type of ['dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: dropped, bubbles: true, cancelable: true }))
      }
    }`)

  /** What is saved when a button is pressed. */
  async function saved(page: Page, name: string): Promise<string> {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('group', { name: 'Save as' }).getByRole('button', { name }).click(),
    ])
    return readFile(await download.path(), 'utf8')
  }

  /** What the command line prints of the same files. */
  function explained(form: string, names: readonly string[]): Promise<string> {
    const args = [program, 'explain', '-o', form, '--lang', 'en', ...names]
    return new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26 }, (_, out) => resolve(out))
    })
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-page-'))
    const seed = await readFile(SEED)
    const recorded = await readFile('recordings/incident/kubelet.log.gz')
    const archive = pack()
    archive.entry({ name: 'sos/var/log/messages' }, seed)
    archive.entry({ name: 'sos/var/log/kubelet.log.1.gz' }, recorded)
    archive.finalize()
    await mkdir(at('node/below'), { recursive: true })
    await mkdir(at('bare'))
    await Promise.all(
      Object.entries({
        'incident.txt': seed,
        'kubelet.log.gz': recorded,
        'twice.log.gz': Buffer.concat([gzipSync(seed), recorded]),
        'cut.log.gz': gzipSync(seed).subarray(0, 3000),
        'line.log.xz': Buffer.from(XZ, 'base64'),
        'line.log.zst': Buffer.from(ZSTD, 'base64'),
        'sos.tar.gz': gzipSync(await buffer(archive)),
        'binary.log': Buffer.from([1, 0, 2, 0, 3]),
        'empty.log': Buffer.alloc(0),
        'fine.log': Buffer.from(
          'I1107 06:20:49.829886   13241 kubelet.go:1] Starting kubelet main sync loop.\n',
        ),
        [HOSTILE_NAME]: Buffer.from(HOSTILE_LINE),
        'node/messages': seed,
        'node/messages-20200101': seed,
        'node/below/notes.md': Buffer.from('no log'),
        'bare/notes.md': Buffer.from('no log'),
      }).map(([name, content]) => writeFile(at(name), content)),
    )
    server = await startServer('recordings/incident', '--speed', '1000')
    browser = await launchBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await server.stop()
    await rm(folder, { recursive: true })
  })

  it.each([
    [['incident.txt']],
    [['kubelet.log.gz']],
    [['twice.log.gz']],
    [['cut.log.gz', 'fine.log']],
    [['line.log.xz', 'line.log.zst']],
    [['sos.tar.gz']],
    [['binary.log', 'empty.log', 'incident.txt']],
  ])(
    'says the same as the command line, to the byte, of %j',
    async (names) => {
      const page = await open()
      await choose(page, ...names)
      await diagnosis(page).waitFor()
      expect(await saved(page, 'JSON')).toBe(await explained('json', names))
      expect(await saved(page, 'Markdown')).toBe(await explained('markdown', names))
      expect(await saved(page, 'HTML')).toBe(await explained('html', names))
    },
    60_000,
  )

  it('begins with the diagnosis and how it ended, draws when, shows the lines, and what they do not say', async () => {
    const page = await open()
    await choose(page, 'incident.txt')
    await expect
      .poll(() => diagnosis(page).textContent())
      .toMatch(/The node's disk filled: .*under disk pressure\./)
    const card = page.getByRole('article').first()
    expect(await card.textContent()).toContain('No line says what filled it')
    await card.getByRole('img', { name: /^Timeline: 11-07 05:44:51 – 11-07/ }).waitFor()
    const facts = page.getByRole('table', { name: /Facts that lines state/ })
    await facts.getByRole('button', { name: 'Line of incident.txt:47' }).click()
    expect(await facts.locator('.kp-raw').textContent()).toContain('eviction_manager.go:576]')
  })

  it('names what could not be read, with its code, and explains the rest', async () => {
    const page = await open()
    await choose(page, 'binary.log', 'cut.log.gz', 'incident.txt')
    await diagnosis(page).waitFor()
    const text = (await diagnosis(page).textContent()) ?? ''
    expect(text).toContain("The node's disk filled")
    expect(text).toContain('KP_INPUT_BINARY: binary.log')
    expect(text).toContain('KP_INPUT_TRUNCATED: cut.log.gz')
    const files = page.getByRole('table', { name: 'Files (3)' })
    expect(await files.locator('tbody th').allInnerTexts()).toEqual([
      'binary.log',
      'cut.log.gz',
      'incident.txt',
    ])
  })

  it('takes the logs of a folder in the order in which they were written, and says when there are none', async () => {
    const page = await open()
    const folders = page.locator('input[name=folder]')
    await folders.setInputFiles(at('node'))
    await diagnosis(page).waitFor()
    const files = page.getByRole('table', { name: 'Files (2)' })
    expect(await files.locator('tbody th').allInnerTexts()).toEqual([
      'node/messages-20200101',
      'node/messages',
    ])
    expect(await saved(page, 'JSON')).toBe(await explained('json', ['node']))
    await folders.setInputFiles(at('bare'))
    await page.getByText('KP_INPUT_NO_LOGS').first().waitFor()
  })

  it('takes what is dropped anywhere, and pasted text', async () => {
    const page = await open()
    await drop(page, 'dropped.log', await readFile(SEED, 'utf8'))
    await page.getByRole('rowheader', { name: 'dropped.log' }).waitFor()
    await page.getByRole('button', { name: 'Paste text instead' }).click()
    await page
      .getByLabel('Lines of a log')
      .fill('Nov  7 07:21:19 n kubelet: I1107 07:21:19.1 1 x.go:1] nothing\n')
    await page.getByRole('button', { name: 'Explain these lines' }).click()
    await page.getByRole('rowheader', { name: 'pasted.log' }).waitFor()
    expect(await diagnosis(page).textContent()).toContain('Nothing is wrong')
  })

  it('is used by keyboard alone, and the focus goes to the diagnosis', async () => {
    const page = await open()
    const chooser = page.waitForEvent('filechooser')
    for (let presses = 0; presses < 30; presses++) {
      await page.keyboard.press('Tab')
      if ((await page.locator(':focus').textContent())?.includes('Drop logs here')) break
    }
    await page.keyboard.press('Enter')
    await (await chooser).setFiles(at('incident.txt'))
    await expect.poll(() => page.locator(':focus').textContent()).toContain("The node's disk filled")
    for (let presses = 0; presses < 10; presses++) {
      await page.keyboard.press('Tab')
      if ((await page.locator(':focus').textContent()) === 'JSON') break
    }
    const download = page.waitForEvent('download')
    await page.keyboard.press('Enter')
    expect((await download).suggestedFilename()).toBe('kubepatrol-explain.json')
  })

  it('speaks Chinese, also of what is explained already, and knows the year it is told', async () => {
    const page = await open()
    await choose(page, 'incident.txt')
    await diagnosis(page).waitFor()
    await page.getByText('简体中文').click()
    await page.getByText('没有任何日志说明是什么写满了磁盘').waitFor()
    await expect.poll(() => diagnosis(page).textContent()).toContain('节点仍处于磁盘压力')
    await page.getByLabel('未注明年份的日志的年份').fill('20')
    await page.getByText('1970 至 9999').waitFor()
    await page.getByLabel('未注明年份的日志的年份').fill('2020')
    await page.getByRole('button', { name: '重新解释' }).click()
    await page.getByText('2020-11-07 05:44:51').first().waitFor()
  })

  it('keeps what it explained while other pages are visited, and reads with no server at all', async () => {
    const own = await startServer('recordings/incident', '--speed', '1000')
    const context = await browser.newContext({ locale: 'en-US' })
    const page = await context.newPage()
    await page.goto(own.url)
    await page.getByRole('link', { name: 'Explain', exact: true }).click()
    await choose(page, 'incident.txt')
    await diagnosis(page).waitFor()
    await page.getByRole('link', { name: 'Findings' }).click()
    await page.getByRole('link', { name: 'Explain', exact: true }).click()
    await diagnosis(page).waitFor()
    await own.stop()
    await choose(page, 'line.log.xz')
    await page.getByRole('rowheader', { name: 'line.log.xz' }).waitFor()
  })

  it('answers while it reads something very long, and stops when it is told to', async () => {
    const page = await open()
    const asked: string[] = []
    const line = 'I1107 06:20:49.829886   13241 kubelet.go:1] a line of no concern, as most of them are\n'
    await drop(page, 'long.log', line.repeat(12_000), 8000)
    const bar = page.getByRole('progressbar', { name: 'Progress of the reading' })
    await bar.waitFor()
    page.on('request', (request) => asked.push(request.method()))
    await page.getByText(/long\.log · \d+ % · \d+ MB · \d+ MB\/s · \d+ (?:s|min|h) left/).waitFor()
    await page.getByText('深色').or(page.getByText('Dark')).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('The reading was cancelled').waitFor()
    await choose(page, 'incident.txt')
    await diagnosis(page).waitFor()
    expect(asked.filter((method) => method !== 'GET')).toEqual([])
  }, 60_000)

  it('shows hostile names and lines as text, and holds them in a narrow screen', async () => {
    const page = await open({ viewport: { width: 390, height: 844 } })
    await choose(page, HOSTILE_NAME, 'incident.txt')
    await diagnosis(page).waitFor()
    const closed = page.locator('.kp-facts').getByRole('button', { expanded: false })
    while ((await closed.count()) > 0) await closed.first().click()
    const text = await page.locator('main').innerText()
    expect(text).toContain('/</script><img id=hostile>\ufffd')
    expect(text).toContain('\ufffdgnp.log')
    expect(text).not.toContain('\u202E')
    expect(await page.locator('#hostile').count()).toBe(0)
    expect(await page.evaluate('window.hostile')).toBeUndefined()
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  })

  it('breaks no rule of its own content security policy', () => {
    expect(trouble.filter((text) => !text.includes('401'))).toEqual([])
  })
})
