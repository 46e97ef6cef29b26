import { expect, test } from '@playwright/test'
import { once } from 'node:events'
import { launchApp, NO_LIBVIRT } from './app'

test('libvirt away: the app says so, and why, and stays usable', async () => {
  const { page, app, close } = await launchApp({ args: NO_LIBVIRT })
  await expect(page.getByText(/libvirt/i).first()).toBeVisible()
  const world = await page.evaluate<unknown>('window.patchbay.getWorld()')
  expect(world).toMatchObject({
    ok: true,
    value: { libvirt: { state: 'offline', failure: { code: 'libvirt-unreachable' } } },
  })
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true)
  await close()
})

test('without a tray to stay in, closing the window ends the app', async () => {
  const { app, close } = await launchApp({ args: NO_LIBVIRT })
  const ended = once(app.process(), 'exit')
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  expect((await ended)[0]).toBe(0)
  await close()
})

test('hidden without a tray, the window is shown all the same', async () => {
  const { app, close } = await launchApp({ args: [...NO_LIBVIRT, '--hidden'] })
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()))
    .toBe(true)
  await close()
})

test('a second start brings the first one to the front and ends', async () => {
  const { app, startAgain, close } = await launchApp({ args: NO_LIBVIRT })
  const isVisible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
  await expect.poll(isVisible).toBe(true)
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
  expect(await startAgain()).toBe(0)
  await expect.poll(isVisible).toBe(true)
  await close()
})

test('a page that crashes is loaded again', async () => {
  const { app, close } = await launchApp({ args: NO_LIBVIRT })
  const url = await app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<string | undefined>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        contents?.once('did-finish-load', () => resolve(contents.getURL()))
        contents?.forcefullyCrashRenderer()
      }),
  )
  expect(url).toBe('app://patchbay/index.html')
  await close()
})
