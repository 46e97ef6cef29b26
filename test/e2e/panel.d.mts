export interface PanelItem {
  id: number
  label: string
  enabled: boolean
  /** Ticked. */
  chosen: boolean
  items: PanelItem[]
}

export interface Panel {
  /** Title of the status icon's tooltip. */
  tooltip: () => Promise<string>
  menu: () => Promise<PanelItem[]>
  /** Clicks the entry that a path of labels leads to. */
  click: (...labels: string[]) => Promise<void>
  close: () => void
}

/** Opens a panel on the session bus at a D-Bus address. */
export function openPanel(busAddress: string): Promise<Panel>
