import dbus from '@homebridge/dbus-native'

const WATCHER = 'org.kde.StatusNotifierWatcher'
const ITEM = { path: '/StatusNotifierItem', interface: 'org.kde.StatusNotifierItem' }
const MENU = 'com.canonical.dbusmenu'

/** A desktop's panel: shows status icons (StatusNotifierItem) and their menus (dbusmenu) on a session bus. */
export async function openPanel(busAddress) {
  const bus = dbus.createClient({ busAddress })
  let registered
  const item = new Promise((resolve) => (registered = resolve))
  const watcher = {
    IsStatusNotifierHostRegistered: true,
    ProtocolVersion: 0,
    RegisteredStatusNotifierItems: [],
    RegisterStatusNotifierItem: (service) => registered(service),
    RegisterStatusNotifierHost: () => undefined,
  }
  bus.exportInterface(watcher, '/StatusNotifierWatcher', {
    name: WATCHER,
    methods: { RegisterStatusNotifierItem: ['s', ''], RegisterStatusNotifierHost: ['s', ''] },
    properties: {
      IsStatusNotifierHostRegistered: 'b',
      ProtocolVersion: 'i',
      RegisteredStatusNotifierItems: 'as',
    },
    signals: {},
  })
  await new Promise((resolve, reject) => {
    bus.requestName(WATCHER, 0, (error) => (error ? reject(new Error(String(error.message))) : resolve()))
  })

  const call = (message) =>
    new Promise((resolve, reject) => {
      bus.invoke(message, (error, ...values) =>
        error ? reject(new Error(`${error.name}: ${String(error.message)}`)) : resolve(values),
      )
    })

  const property = async (destination, name) => {
    const [value] = await call({
      destination,
      path: ITEM.path,
      interface: 'org.freedesktop.DBus.Properties',
      member: 'Get',
      signature: 'ss',
      body: [ITEM.interface, name],
    })
    return value[1][0]
  }

  const layout = async () => {
    const destination = await item
    const path = await property(destination, 'Menu')
    const [, root] = await call({
      destination,
      path,
      interface: MENU,
      member: 'GetLayout',
      signature: 'iias',
      body: [0, -1, []],
    })
    return { destination, path, root: itemOf(root) }
  }

  return {
    tooltip: async () => (await property(await item, 'ToolTip'))[2],
    menu: async () => (await layout()).root.items,
    click: async (...labels) => {
      const { destination, path, root } = await layout()
      let at = root
      for (const label of labels) {
        at = at.items.find((each) => each.label === label)
        if (at === undefined) throw new Error(`the menu has no ${labels.join(' › ')}`)
      }
      await call({
        destination,
        path,
        interface: MENU,
        member: 'Event',
        signature: 'isvu',
        body: [at.id, 'clicked', ['i', 0], 0],
      })
    },
    close: () => bus.connection.end(),
  }
}

/** An entry of a dbusmenu layout, `(ia{sv}av)`; an underscore in a label marks a shortcut and is doubled to stay. */
function itemOf([id, properties, children]) {
  const values = Object.fromEntries(properties.map(([name, [, [value]]]) => [name, value]))
  return {
    id,
    label: (values.label ?? '').replaceAll('__', '_'),
    enabled: values.enabled ?? true,
    chosen: values['toggle-state'] === 1,
    items: children.map(([, [child]]) => itemOf(child)),
  }
}
