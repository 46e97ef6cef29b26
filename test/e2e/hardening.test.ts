import { expect, test } from '@playwright/test'
import { launchApp, NO_LIBVIRT, type RunningApp } from './app'

let running: RunningApp
test.beforeAll(async () => {
  running = await launchApp({ args: NO_LIBVIRT })
})
test.afterAll(() => running.close())

/** Runs an expression in the page. */
const inPage = (expression: string): Promise<unknown> => running.page.evaluate<unknown>(expression)

test('the page sees the named functions and nothing of Node or Electron', async () => {
  const forbidden = ['require', 'process', 'module', 'global', 'Buffer', 'ipcRenderer', 'electron']
  expect(await inPage(`${JSON.stringify(forbidden)}.filter((name) => name in window)`)).toEqual([])
  expect(await inPage('Object.keys(window.patchbay).sort()')).toEqual([
    'actOnNetwork',
    'addToHost',
    'changeNetwork',
    'compareSnapshot',
    'connect',
    'connectAll',
    'createBridge',
    'createNetwork',
    'deleteNetwork',
    'examine',
    'fix',
    'getWorld',
    'keep',
    'onShow',
    'onWorldPatch',
    'planBridge',
    'planNetworkChange',
    'previewNetwork',
    'removeFromHost',
    'replug',
    'restoreSnapshot',
    'retryLibvirt',
    'revert',
    'tryReach',
    'undoFix',
  ])
})

test('the window is sandboxed and isolated', async () => {
  const preferences = await running.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    // Not in the typings; the preferences in force, as Electron's own tests read them.
    const contents = window?.webContents as unknown as {
      getLastWebPreferences: () => Record<string, unknown>
    }
    const { sandbox, contextIsolation, nodeIntegration, webSecurity } = contents.getLastWebPreferences()
    return { sandbox, contextIsolation, nodeIntegration, webSecurity }
  })
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
  })
})

test('the page cannot be led away', async () => {
  for (const url of ['https://example.org/', 'app://elsewhere/index.html', 'app://patchbay/other.html']) {
    const isPrevented = running.app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<boolean>((resolve) => {
          const [window] = BrowserWindow.getAllWindows()
          window?.webContents.once('will-navigate', (event) => resolve(event.defaultPrevented))
        }),
    )
    await inPage(`location.assign('${url}')`)
    expect(await isPrevented).toBe(true)
    expect(await inPage('location.href')).toBe('app://patchbay/index.html')
  }
})

test('no window can be opened', async () => {
  expect(await inPage(`window.open('https://example.org/')`)).toBeNull()
  expect(await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('permissions are denied', async () => {
  for (const name of ['geolocation', 'camera', 'microphone', 'notifications', 'clipboard-read']) {
    expect(await inPage(`navigator.permissions.query({ name: '${name}' }).then(({ state }) => state)`)).toBe(
      'denied',
    )
  }
})

test('the content security policy stops inline code and connections', async () => {
  await inPage(`{
    const inline = document.createElement('script')
    inline.textContent = 'window.injected = true'
    document.body.append(inline)
    inline.remove()
  }`)
  expect(await inPage(`'injected' in window`)).toBe(false)
  expect(await inPage(`fetch('http://127.0.0.1:1/').catch((error) => String(error))`)).toContain('TypeError')
  const blocked = `new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true })
    fetch('app://patchbay/index.html').catch(() => undefined)
  })`
  expect(await inPage(blocked)).toBe('connect-src')
})

test('nothing but the renderer is served', async () => {
  const status = (url: string) =>
    running.app.evaluate(({ net }, to) => net.fetch(to).then((r) => r.status), url)
  expect(await status('app://patchbay/index.html')).toBe(200)
  expect(await status('app://patchbay/%2e%2e/main/main.cjs')).toBe(404)
  expect(await status('app://patchbay/..%2fmain%2fmain.cjs')).toBe(404)
  expect(await status('app://elsewhere/index.html')).toBe(404)
})

test('a request that makes no sense is answered with a failure', async () => {
  const request = { machine: '../../etc', mac: 'x', to: { kind: 'lan' }, live: true, extra: 1 }
  expect(await inPage(`window.patchbay.connect(${JSON.stringify(request)})`)).toMatchObject({
    ok: false,
    failure: { code: 'usage' },
  })
})

test('a request from another window is refused', async () => {
  const answer = await running.app.evaluate(async ({ BrowserWindow, app }) => {
    const preload = `${app.getAppPath()}/out/preload/preload.cjs`
    const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
    await other.loadURL('app://patchbay/index.html')
    const result: unknown = await other.webContents.executeJavaScript('window.patchbay.getWorld()')
    other.destroy()
    return result
  })
  expect(answer).toMatchObject({ ok: false, failure: { code: 'refused' } })
})
