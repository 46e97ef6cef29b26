import { expect, test, type Page } from '@playwright/test'
import { openSceneWindow, type SceneWindow } from './scene-window'

let scenes: SceneWindow
let page: Page

test.beforeAll(async () => {
  scenes = await openSceneWindow()
  page = scenes.page
})
test.afterAll(() => scenes.close())

/** Whether any cable has been moved, or asked to be, since the scene was opened. */
const moves = (): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { connectsAsked: number }).connectsAsked)

const LISTS = [
  { view: 'patchbay', item: (name: string) => `machine-${name}` },
  { view: 'machines', item: (name: string) => `row-${name}` },
]

for (const { view, item } of LISTS) {
  test(`letters find machines in the list of the view ${view}, and move none`, async () => {
    await scenes.open('scene=many&pace=5')
    await page.getByTestId(`view-${view}`).click()
    await page.getByTestId(item('db-dev')).click()
    await page.getByTestId(item('db-dev')).focus()
    await page.keyboard.type('node-0007')
    const focused = (): Promise<string> =>
      page.evaluate<string>('document.activeElement?.dataset.testid ?? "nothing"')
    expect(await focused()).toMatch(/-node-\d{4}$/)
    for (const letter of 'abcdefghijklmnopqrstuvwxyz0123456789-LN') await page.keyboard.press(letter)
    expect(await moves()).toBe(0)
    await expect(page.getByTestId('network-picker')).toHaveCount(0)
    await expect(page.getByTestId('bridge-sheet')).toHaveCount(0)

    // The machine that has the focus is moved, not another that was picked before.
    await page.getByTestId(item('web01')).focus()
    await page.keyboard.press('Control+Shift+N')
    await expect(page.getByTestId('inspector')).toContainText('web01')
    await expect(page.getByTestId('move-result')).toBeVisible()
    await expect(page.getByTestId('switch-nat')).toHaveAttribute('aria-pressed', 'true')
    expect(await moves()).toBe(1)
    await page.getByTestId(item('web01')).focus()
    await page.keyboard.press('Control+Shift+L')
    await expect(page.getByTestId('switch-lan')).toHaveAttribute('aria-pressed', 'true')
    await expect(page.getByTestId('move-result')).toBeVisible()
    expect(await moves()).toBe(2)
  })
}

test('the keys of a table’s head and of its ticks stay theirs', async () => {
  await scenes.open('scene=bridge')
  await page.getByTestId('view-machines').click()
  await page.getByTestId('row-web01').click()
  await page.getByRole('columnheader', { name: 'Address' }).getByRole('button').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('columnheader', { name: 'Address' })).toHaveAttribute('aria-sort', 'ascending')
  await expect(page.getByTestId('network-picker')).toHaveCount(0)
  await page.getByTestId('row-web01').focus()
  await page.keyboard.press('Space')
  await expect(page.getByTestId('tick-web01')).toBeChecked()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('network-picker')).toContainText('web01')
})
