// Plays the recorded incident to its end and takes the pictures of the page that the READMEs show.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import { root } from './root.mjs'

const PICTURES = [
  { file: 'page.png', locale: 'en-US', colorScheme: 'light', width: 1280 },
  { file: 'page.zh-CN.png', locale: 'zh-CN', colorScheme: 'dark', width: 1280 },
  ...(process.argv.includes('--all')
    ? [
        { file: 'narrow.png', locale: 'en-US', colorScheme: 'dark', width: 360 },
        { file: 'tablet.png', locale: 'zh-CN', colorScheme: 'light', width: 800 },
      ]
    : []),
]
const folder =
  process.argv.find((argument) => argument.startsWith('--to='))?.slice(5) ?? path.join(root, 'docs/images')

const program = path.join(root, 'dist/kubepatrol.js')
const recording = path.join(root, 'recordings/incident')
const server = spawn(process.execPath, [
  program,
  'serve',
  '--replay',
  recording,
  '--port',
  '0',
  '--speed',
  '1000',
  '--lang',
  'en',
])
const lines = createInterface({ input: server.stdout })
let url = ''
for await (const line of lines) {
  url = /http:\S+#token=\S+/.exec(line)?.[0] ?? url
  if (line.startsWith('The recording is over')) break
}
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
for (const { file, locale, colorScheme, width } of PICTURES) {
  const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 900 } })
  const page = await context.newPage()
  page.on('console', (entry) => console.log(`${file}: ${entry.type()}: ${entry.text()}`))
  await page.goto(url)
  await page.locator('.kp-chain li').first().waitFor()
  await page.waitForFunction(() => document.querySelector('canvas') !== null)
  await page.screenshot({ path: path.join(folder, file), fullPage: true })
  await context.close()
}
await browser.close()
server.kill('SIGTERM')
