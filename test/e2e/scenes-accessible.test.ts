import { expect, test, type Page } from '@playwright/test'
import { accessibilityFaults } from './accessibility'
import { openSceneWindow, type SceneWindow } from './scene-window'

let scenes: SceneWindow
let page: Page

test.beforeAll(async () => {
  scenes = await openSceneWindow()
  page = scenes.page
})
test.afterAll(() => scenes.close())

/** Empty, without any network, offline with and without a last known state, loading, and full. */
for (const scene of ['nothing', 'offline', 'nolibvirt', 'connecting', 'long&lang=es']) {
  test(`every view is accessible in the scene ${scene}`, async () => {
    await scenes.open(`scene=${scene}`)
    for (const view of ['patchbay', 'machines', 'networks', 'host', 'health']) {
      await page.getByTestId(`view-${view}`).click()
      expect(await accessibilityFaults(page), view).toEqual([])
    }
  })
}

test('a state looks the same on the board, in the table and in the inspector', async () => {
  await scenes.open('scene=states')
  for (const name of ['web01', 'is-paused', 'is-shutting-down', 'is-crashed', 'is-suspended', 'win11']) {
    const looks: (string | null)[] = []
    for (const [view, item] of [
      ['patchbay', `machine-${name}`],
      ['machines', `row-${name}`],
    ] as const) {
      await page.getByTestId(`view-${view}`).click()
      await page.getByTestId(item).click()
      for (const where of [item, 'inspector'])
        looks.push(await page.getByTestId(where).locator('.dot').first().getAttribute('class'))
    }
    expect(new Set(looks).size, `${name}: ${looks.join(', ')}`).toBe(1)
  }
})

test('networks are counted as they are listed, each machine with its address there', async () => {
  await scenes.open('scene=bridge')
  const cards = await page.locator('main button[data-place]').count()
  await expect(page.getByTestId('view-networks').locator('.badge')).toHaveText(String(cards))
  await page.getByTestId('view-networks').click()
  await expect(page.getByTestId('networks-table').locator('[data-place]')).toHaveCount(cards)

  await page.getByTestId('view-patchbay').click()
  await page.getByTestId('network-dark').click()
  await expect(page.getByTestId('inspector')).toContainText('router-test')
  await expect(page.getByTestId('inspector')).not.toContainText('10.20.0.5')
  await page.getByTestId('network-services').click()
  await expect(page.getByTestId('inspector')).toContainText('10.20.0.5')
})
