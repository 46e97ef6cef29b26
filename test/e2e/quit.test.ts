import { expect, test } from '@playwright/test'
import { once } from 'node:events'
import { startFastLab, type Lab } from '../lab/index'
import { launchApp, type RunningApp } from './app'
import { hostState } from '../lab/host-state'
import { asRoot } from './place'

let lab: Lab
let running: RunningApp
test.beforeAll(async () => {
  lab = await startFastLab({ libvirt: false })
  running = await launchApp({ place: await asRoot(lab) })
})
test.afterAll(async () => {
  await running.close()
  await lab.close()
})

/** The person's answer to the next questions: 0 to stay, 1 to quit. Counts the questions. */
const answerWith = (response: number): Promise<void> =>
  running.app.evaluate(({ dialog }, answer) => {
    const asked = globalThis as { asked?: number }
    asked.asked ??= 0
    dialog.showMessageBox = () => {
      asked.asked = (asked.asked ?? 0) + 1
      return Promise.resolve({ response: answer, checkboxChecked: false })
    }
  }, response)
const questions = () => running.app.evaluate(() => (globalThis as { asked?: number }).asked)

test('quitting in the middle of a change asks first, and then the change is rolled back', async () => {
  const { app, page } = running
  const before = await hostState(lab)
  await page.getByTestId('network-lan-missing').click()
  await page.getByTestId('bridge-ask').check()
  await page.getByTestId('bridge-make').click()
  await expect(page.getByTestId('keep-question')).toBeVisible({ timeout: 60_000 })
  expect(await hostState(lab)).not.toEqual(before)

  await answerWith(0)
  await app.evaluate(({ app }) => app.quit())
  await expect.poll(questions).toBe(1)
  await expect(page.getByTestId('keep-question')).toBeVisible()

  await answerWith(1)
  const ended = once(app.process(), 'exit')
  await app.evaluate(({ app }) => app.quit())
  expect((await ended)[0]).toBe(0)
  expect(await hostState(lab)).toEqual(before)
})
