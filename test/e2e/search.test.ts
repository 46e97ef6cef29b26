import { expect, test, type Page } from '@playwright/test'
import { openSceneWindow, type SceneWindow } from './scene-window'

let scenes: SceneWindow
let page: Page

test.beforeAll(async () => {
  scenes = await openSceneWindow()
  page = scenes.page
})
test.afterAll(() => scenes.close())

const focused = (): Promise<string> =>
  page.evaluate<string>('document.activeElement?.dataset.testid ?? "nothing"')
const shown = (list: string): Promise<string[]> =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('[data-testid=${list}] [data-machine]')].map((one) => one.dataset.testid)`,
  )

test('the search finds by network, kind, state and bridge, and leads to the first hit', async () => {
  await scenes.open('scene=bridge')
  const field = page.getByTestId('search')
  for (const [query, machines] of [
    ['isolated', ['machine-router-test']],
    ['br0', ['machine-web01', 'machine-printer-sim']],
    ['off', ['machine-win11']],
    ['nat db', ['machine-db-dev']],
  ] as const) {
    await field.fill(query)
    await expect.poll(() => shown('machine-list')).toEqual(machines)
  }
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('inspector')).toContainText('db-dev')
  expect(await focused()).toBe('machine-db-dev')

  await field.fill('running lan')
  await page.keyboard.press('ArrowDown')
  await expect.poll(focused).toBe('machine-web01')
  await page.keyboard.press('ArrowDown')
  await expect.poll(focused).toBe('machine-printer-sim')

  // In the table the first one is the first as sorted.
  await page.getByTestId('view-machines').click()
  await field.focus()
  await page.keyboard.press('Enter')
  await expect.poll(focused).toBe('row-printer-sim')
  await expect(page.getByTestId('inspector')).toContainText('printer-sim')

  await page.getByTestId('view-networks').click()
  await field.fill('services')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('inspector').getByRole('heading', { level: 2 })).toHaveText('services')

  await field.fill('nothing at all')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('nothing-found')).toBeVisible()
  await expect(page.getByTestId('announcement')).toContainText('nothing at all')
})

test('a search in a view with nothing to find leads to where it is', async () => {
  for (const view of ['host', 'health']) {
    await page.getByTestId(`view-${view}`).click()
    await expect(page.getByTestId('search')).toHaveValue('')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('win11')
    await expect.poll(() => shown('machine-list')).toEqual(['machine-win11'])
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('inspector')).toContainText('win11')
  }
})
