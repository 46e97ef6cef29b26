import type { NetworkKind } from '../world/network'
import { languageOf, type Language } from '../phrases/languages'

/** The words of the tray and of the dialogs that belong to it. */
export interface TrayMessages {
  status: Readonly<Record<'lan' | 'nat' | 'trouble' | 'offline' | 'elsewhere', string>>
  /** Before libvirt has answered for the first time. */
  connecting: string
  kinds: Readonly<Record<NetworkKind, string>>
  active: string
  stopped: string
  uplink: (uplink: string, gateway: string | null) => string
  noUplink: string
  /** Of another computer. */
  unseen: (host: string) => string
  networks: string
  machines: string
  noMachines: string
  /** While libvirt is away: nothing was ever seen, or what is listed is the last that was. */
  machinesNotKnown: string
  machinesLastKnown: string
  moreMachines: (count: number) => string
  lan: string
  makeBridge: string
  nat: string
  fixedNic: string
  undo: (bridge: string, nic: string) => string
  nothingToUndo: string
  open: string
  quit: string
  quitting: {
    question: string
    consequence: string
    stay: string
    quit: string
  }
  crash: { unexpected: string; hostIsSafe: string }
}

const en: TrayMessages = {
  status: {
    lan: 'LAN bridge up',
    nat: 'NAT only, no bridge to the LAN',
    trouble: 'Trouble with the host’s network',
    offline: 'libvirt does not answer',
    elsewhere: 'Machines of another computer',
  },
  connecting: 'Connecting to libvirt',
  kinds: {
    nat: 'NAT',
    isolated: 'isolated',
    'very-isolated': 'very isolated',
    routed: 'routed',
    open: 'open',
    bridged: 'bridged',
    macvtap: 'macvtap',
    other: 'other',
  },
  active: 'on',
  stopped: 'off',
  uplink: (uplink, gateway) => `${uplink} · ${gateway === null ? 'no gateway' : `gateway ${gateway}`}`,
  noUplink: 'This host has no uplink',
  unseen: (host) => `${host}: its own network is not seen from here`,
  networks: 'Networks',
  machines: 'Running machines',
  noMachines: 'No machine is running',
  machinesNotKnown: 'Which machines run is not known',
  machinesLastKnown: 'Machines that ran when libvirt last answered',
  moreMachines: (count) => `${count} more in Patchbay…`,
  lan: 'LAN',
  makeBridge: 'LAN: make a bridge first…',
  nat: 'NAT',
  fixedNic: 'Can’t be moved by Patchbay',
  undo: (bridge, nic) => `Undo last host change (${bridge} on ${nic})…`,
  nothingToUndo: 'Undo last host change',
  open: 'Open Patchbay',
  quit: 'Quit',
  quitting: {
    question: 'A change of the host’s network is under way.',
    consequence: 'If you quit now it is rolled back: the host’s network will be as it was before.',
    stay: 'Keep running',
    quit: 'Quit and roll back',
  },
  crash: {
    unexpected: 'Something unexpected went wrong in Patchbay.',
    hostIsSafe:
      'The host’s network is not left half changed: a change under way is finished or rolled back by itself.',
  },
}

const es: TrayMessages = {
  status: {
    lan: 'Puente a la LAN activo',
    nat: 'Solo NAT, sin puente a la LAN',
    trouble: 'Problemas con la red del equipo',
    offline: 'libvirt no responde',
    elsewhere: 'Máquinas de otro equipo',
  },
  connecting: 'Conectando con libvirt',
  kinds: {
    nat: 'NAT',
    isolated: 'aislada',
    'very-isolated': 'muy aislada',
    routed: 'enrutada',
    open: 'abierta',
    bridged: 'en puente',
    macvtap: 'macvtap',
    other: 'otra',
  },
  active: 'activa',
  stopped: 'parada',
  uplink: (uplink, gateway) =>
    `${uplink} · ${gateway === null ? 'sin puerta de enlace' : `puerta de enlace ${gateway}`}`,
  noUplink: 'Este equipo no tiene enlace con la red',
  unseen: (host) => `${host}: su propia red no se ve desde aquí`,
  networks: 'Redes',
  machines: 'Máquinas en marcha',
  noMachines: 'No hay máquinas en marcha',
  machinesNotKnown: 'No se sabe qué máquinas están en marcha',
  machinesLastKnown: 'Máquinas en marcha la última vez que libvirt respondió',
  moreMachines: (count) => `${count} más en Patchbay…`,
  lan: 'LAN',
  makeBridge: 'LAN: primero hay que crear un puente…',
  nat: 'NAT',
  fixedNic: 'Patchbay no puede moverla',
  undo: (bridge, nic) => `Deshacer el último cambio del equipo (${bridge} sobre ${nic})…`,
  nothingToUndo: 'Deshacer el último cambio del equipo',
  open: 'Abrir Patchbay',
  quit: 'Salir',
  quitting: {
    question: 'Se está cambiando la red del equipo.',
    consequence: 'Si sale ahora, el cambio se revierte: la red del equipo quedará como estaba.',
    stay: 'Seguir',
    quit: 'Salir y revertir',
  },
  crash: {
    unexpected: 'Ha ocurrido algo inesperado en Patchbay.',
    hostIsSafe:
      'La red del equipo no queda a medio cambiar: un cambio en curso se termina o se revierte por sí solo.',
  },
}

/** The words for a locale such as `es-MX`; English where there is no translation. */
export const trayMessages = (locale: string): TrayMessages => byLanguage[languageOf([locale])]

const byLanguage: Readonly<Record<Language, TrayMessages>> = { en, es }
