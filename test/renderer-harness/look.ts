import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from '@playwright/test'
import { preview } from 'vite'
import { hostShots, type Shot } from './host-shots'

/**
 * Opens the built harness in the system's Chromium, goes through the states of the window in light and dark, keeps a
 * picture of each in `test-results/renderer`, and lets axe-core judge each. Ends with exit code 1 when axe or the page's
 * console complains.
 *   npx vite build -c test/renderer-harness/vite.config.ts && npx tsx test/renderer-harness/look.ts [NAME…]
 */
const openPlan = async (page: Page): Promise<void> => {
  await page.getByTestId('network-lan-missing').click()
  await page.getByTestId('bridge-make').waitFor()
}
const make = async (page: Page): Promise<void> => {
  await openPlan(page)
  await page.getByTestId('bridge-make').click()
}

const shots: Record<string, Shot> = {
  patchbay: { query: '', act: (page) => page.getByTestId('machine-web01').click() },
  first: { query: 'scene=nobridge' },
  several: { query: '', act: (page) => page.getByTestId('machine-router-test').click() },
  network: { query: '', act: (page) => page.getByTestId('network-default').click() },
  newnetwork: {
    query: '',
    act: async (page) => {
      await page.getByTestId('view-networks').click()
      await page.getByTestId('new-network-button').click()
      await page.getByTestId('field-subnet').fill('192.168.122.0/24')
      await page.getByTestId('more-settings').click()
    },
  },
  changenetwork: {
    query: '',
    act: async (page) => {
      await page.getByTestId('network-default').click()
      await page.getByTestId('open-change-network').click()
      await page.getByTestId('field-mtu').fill('9000')
      await page.getByText('the MTU is 9000').waitFor()
    },
  },
  deletenetwork: {
    query: '',
    act: async (page) => {
      await page.getByTestId('network-default').click()
      await page.getByTestId('open-delete-network').click()
    },
  },
  health: {
    query: '',
    act: async (page) => {
      await page.getByTestId('view-health').click()
      await page.getByTestId('finding-default-network').waitFor()
      await page.locator('summary').click()
    },
  },
  trial: {
    query: '',
    act: async (page) => {
      await page.getByTestId('machine-web01').click()
      await page.getByTestId('try-reach').click()
      await page.getByTestId('trial-results').waitFor()
    },
  },
  plan: { query: 'scene=nobridge', act: openPlan },
  steps: {
    query: 'scene=nobridge&pace=600',
    act: async (page) => {
      await make(page)
      await page.locator('[data-testid=steps] [data-state=running]').filter({ hasText: 'apply' }).waitFor()
    },
  },
  made: {
    query: 'scene=nobridge&pace=5',
    act: async (page) => {
      await make(page)
      await page.getByTestId('bridge-result').waitFor()
    },
  },
  rolledback: {
    query: 'scene=nobridge&pace=5&ending=rolled-back',
    act: async (page) => {
      await make(page)
      await page.getByTestId('bridge-result').waitFor()
    },
  },
  keep: {
    query: 'scene=nobridge&pace=5&ending=ask',
    act: async (page) => {
      await make(page)
      await page.getByTestId('keep-question').waitFor()
    },
  },
  dismissed: {
    query: 'scene=nobridge&pace=5&ending=dismissed',
    act: async (page) => {
      await make(page)
      await page.getByRole('alert').waitFor()
    },
  },
  refused: {
    query: 'scene=nobridge&ending=refused',
    act: async (page) => {
      await page.getByTestId('network-lan-missing').click()
      await page.getByTestId('bridge-refused').waitFor()
    },
  },
  undo: {
    query: '',
    act: async (page) => {
      await page.getByTestId('undo-bridge').click()
      await page.getByTestId('undo-plan').waitFor()
    },
  },
  moving: {
    query: 'pace=900',
    act: async (page) => {
      await page.getByTestId('machine-web01').click()
      await page.getByTestId('switch-nat').click()
      await page.getByText('Change the saved definition').waitFor()
    },
  },
  moved: {
    query: 'pace=5',
    act: async (page) => {
      await page.getByTestId('machine-web01').click()
      await page.getByTestId('switch-nat').click()
      await page.getByTestId('move-result').waitFor()
    },
  },
  failed: {
    query: 'pace=5&move=fails',
    act: async (page) => {
      await page.getByTestId('machine-web01').click()
      await page.getByTestId('switch-nat').click()
      await page.getByTestId('move-failed').waitFor()
    },
  },
  toast: {
    query: 'pace=150&move=fails',
    act: async (page) => {
      await page.getByTestId('machine-web01').click()
      await page.getByTestId('switch-nat').click()
      await page.getByTestId('network-default').click()
      await page.getByTestId('toast').waitFor()
    },
  },
  dragging: {
    query: '',
    act: async (page) => {
      const from = await page.getByTestId('machine-build-agent').locator('[data-jack]').boundingBox()
      const to = await page.getByTestId('network-services').boundingBox()
      if (from === null || to === null) throw new Error('nothing to drag')
      await page.mouse.move(from.x + 12, from.y + 12)
      await page.mouse.down()
      await page.mouse.move(to.x + 60, to.y + 40, { steps: 6 })
      await page.getByTestId('proposal').waitFor()
    },
  },
  picker: {
    query: '',
    act: async (page) => {
      await page.getByTestId('machine-web01').click()
      await page.keyboard.press('Enter')
      await page.getByTestId('network-picker').waitFor()
    },
  },
  gone: {
    query: 'pace=5',
    act: async (page) => {
      await page.getByTestId('machine-web01').click()
      await page.getByTestId('undo-bridge').click()
      await page.getByTestId('bridge-undo').click()
      await page.getByTestId('bridge-close').click()
      await page.getByTestId('place-gone').waitFor()
    },
  },
  machines: { query: '', act: (page) => page.getByTestId('view-machines').click() },
  networks: { query: '', act: (page) => page.getByTestId('view-networks').click() },
  ...hostShots,
  many: { query: 'scene=many' },
  manymachines: { query: 'scene=many', act: (page) => page.getByTestId('view-machines').click() },
  offline: { query: 'scene=offline', act: (page) => page.getByTestId('machine-web01').click() },
  connecting: { query: 'scene=connecting' },
  empty: { query: 'scene=empty' },
  search: { query: '', act: (page) => page.getByTestId('search').fill('192.168.122') },
  zoomed: {
    query: '',
    size: { width: 620, height: 390 },
    act: (page) => page.getByTestId('machine-web01').click(),
  },
}

const pictures = fileURLToPath(new URL('../../test-results/renderer/', import.meta.url))
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

async function look(
  browser: Browser,
  url: string,
  name: string,
  shot: Shot,
  scheme: 'light' | 'dark',
): Promise<number> {
  const page = await browser.newPage({
    viewport: shot.size ?? { width: 1240, height: 780 },
    colorScheme: scheme,
    locale: process.env.LOOK_LOCALE ?? 'en-GB',
    timezoneId: 'UTC',
  })
  let troubles = 0
  const complain = (text: string): void => {
    troubles += 1
    console.log(`${name} ${scheme}: ${text}`)
  }
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complain(message.text())
  })
  page.on('pageerror', (error) => complain(error.stack ?? error.message))
  await page.goto(`${url}?${shot.query}`)
  await page
    .getByTestId(shot.query.includes('connecting') ? 'connecting' : 'network-default')
    .first()
    .waitFor()
  await shot.act?.(page)
  await page.waitForFunction(
    'document.getAnimations().every((a) => a.effect.getTiming().iterations === Infinity || a.playState !== "running")',
  )
  await page.screenshot({ path: `${pictures}${name}-${scheme}.png` })
  await page.addScriptTag({ path: axe })
  const found = await page.evaluate<{ id: string; nodes: { html: string; failureSummary: string }[] }[]>(
    'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then((r) => r.violations)',
  )
  for (const { id, nodes } of found) {
    for (const node of nodes.slice(0, 4))
      complain(`${id}: ${node.html.slice(0, 160)}\n    ${node.failureSummary.replaceAll('\n', ' ')}`)
  }
  await page.close()
  return troubles
}

const wanted = process.argv.slice(2)
const server = await preview({
  configFile: fileURLToPath(new URL('vite.config.ts', import.meta.url)),
  preview: { host: '127.0.0.1', port: 0 },
  logLevel: 'error',
})
const url = server.resolvedUrls?.local[0] ?? ''
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
})
await mkdir(pictures, { recursive: true })
let troubles = 0
for (const [name, shot] of Object.entries(shots)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  for (const scheme of ['light', 'dark'] as const) troubles += await look(browser, url, name, shot, scheme)
}
await browser.close()
await server.close()
console.log(`${troubles} troubles`)
process.exitCode = troubles === 0 ? 0 : 1
