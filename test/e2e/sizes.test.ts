import { expect, test, type Page } from '@playwright/test'
import { openSceneWindow, type SceneWindow } from './scene-window'
import { cutOff, outOfSight } from './whole'

/** The promised least size, the one below it that the window takes, the usual one, a large one; and halves, as at 200 %. */
const WHOLE = [
  { width: 880, height: 560 },
  { width: 1000, height: 640 },
  { width: 1240, height: 780 },
  { width: 2560, height: 1400 },
]
const HALVED = [
  { width: 620, height: 390 },
  { width: 500, height: 320 },
  { width: 440, height: 280 },
]
const VIEWS = ['patchbay', 'machines', 'networks', 'host', 'health']

/** Each view as it is, and with a machine and a network picked. */
async function faultsIn(page: Page, size: { width: number; height: number }): Promise<string[]> {
  await page.setViewportSize(size)
  const faults: string[] = []
  const note = async (where: string): Promise<void> => {
    for (const fault of await cutOff(page)) faults.push(`${size.width} × ${size.height}, ${where}: ${fault}`)
  }
  for (const view of VIEWS) {
    await page.getByTestId(`view-${view}`).click()
    await note(view)
    const picks = { patchbay: 'machine-', machines: 'row-', networks: null }[view]
    if (picks === undefined) continue
    const first =
      picks === null ? page.locator('main [data-place]') : page.locator(`[data-testid^="${picks}"]`)
    if ((await first.count()) === 0) continue
    await first.last().click()
    await note(`${view} with something picked`)
    await page.getByTestId('close-inspector').click()
    await expect(page.getByTestId('close-inspector')).toHaveCount(0)
  }
  return faults
}

for (const fontSize of [16, 24]) {
  test.describe(`with letters of ${fontSize} pixels`, () => {
    let scenes: SceneWindow
    let page: Page

    test.beforeAll(async () => {
      scenes = await openSceneWindow({ fontSize })
      page = scenes.page
    })
    test.afterAll(() => scenes.close())

    const queries =
      fontSize === 16
        ? ['scene=long', 'scene=long&lang=es', 'scene=nobridge', 'scene=offline&lang=es', 'scene=nolibvirt']
        : ['scene=long&lang=es']
    for (const query of queries) {
      test(`nothing is cut off at any size: ${query}`, async () => {
        await scenes.open(query)
        const faults: string[] = []
        for (const size of [...WHOLE, ...(fontSize === 16 ? HALVED : [])]) {
          faults.push(...(await faultsIn(page, size)))
          if (fontSize > 16 || size.width < 880) continue
          await page.getByTestId('view-patchbay').click()
          expect(await outOfSight(page), `${size.width} × ${size.height}`).toEqual([])
        }
        expect(faults).toEqual([])
      })
    }
  })
}

test('sheets and the list of networks are whole in a small window, too', async () => {
  const scenes = await openSceneWindow()
  const { page } = scenes
  const sheets: Record<string, () => Promise<void>> = {
    'new network': async () => {
      await page.getByTestId('view-networks').click()
      await page.getByTestId('new-network-button').click()
      await page.getByTestId('more-settings').click()
    },
    undo: async () => {
      await page.getByTestId('undo-bridge').click()
      await page.getByTestId('undo-plan').waitFor()
    },
    picker: async () => {
      await page.getByTestId('view-machines').click()
      await page.getByTestId('row-web01').focus()
      await page.keyboard.press('Enter')
      await page.getByTestId('network-picker').waitFor()
    },
  }
  const faults: string[] = []
  for (const size of [WHOLE[0], HALVED[1]]) {
    if (size === undefined) continue
    await page.setViewportSize(size)
    for (const [name, show] of Object.entries(sheets)) {
      await scenes.open('scene=long&lang=es')
      await show()
      for (const fault of await cutOff(page)) faults.push(`${size.width} × ${size.height}, ${name}: ${fault}`)
    }
  }
  await scenes.close()
  expect(faults).toEqual([])
})
