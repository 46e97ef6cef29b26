import { Menu, Tray, type MenuItemConstructorOptions } from 'electron'
import { isDeepStrictEqual } from 'node:util'
import { trayIconPath } from './icons'
import type { TrayAction, TrayItem, TrayModel } from './tray-model'

export interface AppTray {
  /** Shows a model; does nothing when it is the one that is shown. */
  show: (model: TrayModel) => void
  close: () => void
}

/** The status icon. On a desktop without a tray it is simply not seen. */
export function createTray(outFolder: string, first: TrayModel, act: (action: TrayAction) => void): AppTray {
  const tray = new Tray(trayIconPath(outFolder, first.status))
  let shown: TrayModel | null = null

  const setMenu = (items: readonly TrayItem[]): void =>
    tray.setContextMenu(Menu.buildFromTemplate(items.map((item) => template(item, choose))))

  // A native menu ticks the clicked choice by itself; the World tells what is really chosen.
  const choose = (action: TrayAction): void => {
    act(action)
    if (shown !== null) setMenu(shown.items)
  }

  const show = (model: TrayModel): void => {
    if (isDeepStrictEqual(model, shown)) return
    if (model.status !== shown?.status) tray.setImage(trayIconPath(outFolder, model.status))
    tray.setToolTip(model.tooltip)
    setMenu(model.items)
    shown = model
  }

  tray.on('click', () => act({ kind: 'show', show: { view: 'patchbay' } }))
  show(first)
  return { show, close: () => tray.destroy() }
}

function template(item: TrayItem, act: (action: TrayAction) => void): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'text':
      return { label: literal(item.label), enabled: false }
    case 'separator':
      return { type: 'separator' }
    case 'menu':
      return { label: literal(item.label), submenu: item.items.map((each) => template(each, act)) }
    case 'choice':
      return { ...clickable(item, act), type: 'radio', checked: item.chosen }
    case 'command':
      return clickable(item, act)
  }
}

function clickable(
  { label, action }: { label: string; action: TrayAction | null },
  act: (action: TrayAction) => void,
): MenuItemConstructorOptions {
  return action === null
    ? { label: literal(label), enabled: false }
    : { label: literal(label), click: () => act(action) }
}

/** A single ampersand in a label would mark a shortcut and vanish. */
const literal = (label: string): string => label.replaceAll('&', '&&')
