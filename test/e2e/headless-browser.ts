import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const PLACES = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
/** Where a Chromium is; undefined when there is none, and then the page is not tested. */
export const executablePath = PLACES.find((place) => place !== undefined && existsSync(place))
if (executablePath === undefined) {
  console.warn(
    'The page is not tested: no Chromium found. Install it (Debian: apt-get install chromium) or name it in CHROMIUM.',
  )
}

/** Starts Chromium without a window, asking nothing of the network by itself. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: executablePath ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
