// An Electron that shows one empty window, for tests that open the harness in it: the runtime that users get, without a
// lab. `--font-size=PIXELS` stands for a person who has set larger letters.
const { app, BrowserWindow, Menu } = require('electron')

Menu.setApplicationMenu(null)
app
  .whenReady()
  .then(() => {
    const defaultFontSize = Number(app.commandLine.getSwitchValue('font-size') || 16)
    const webPreferences = { sandbox: true, contextIsolation: true, defaultFontSize }
    return new BrowserWindow({ width: 1240, height: 780, webPreferences }).loadURL('about:blank')
  })
  .catch((error) => {
    console.error(error)
    app.exit(1)
  })
