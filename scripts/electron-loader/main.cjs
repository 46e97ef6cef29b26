// The app inside the substitute runtime. A stock Electron has its default app for this: it opens the folder
// given as the first argument, so that one runtime serves every checkout.
const { app } = require('electron')
const { readFileSync } = require('node:fs')
const { resolve } = require('node:path')

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'))
if (folder === undefined) {
  console.error('Usage: electron FOLDER [ARGUMENT…]')
  process.exit(2)
}
const path = resolve(folder)
const description = JSON.parse(readFileSync(resolve(path, 'package.json'), 'utf8'))
process.defaultApp = true
app.setName(description.productName ?? description.name)
app.setVersion(description.version)
app.setAppPath(path)
require(resolve(path, description.main))
