import type { Address, LinkKind } from '../../world/host'
import type { TransactionState } from '../../helper/transaction'
import type { en } from '../en'

const linkKinds: Record<LinkKind, string> = {
  ethernet: 'Tarjeta de red',
  wifi: 'Wi-Fi',
  'open-vswitch': 'Open vSwitch',
  bridge: 'Puente',
  bond: 'Agregado',
  vlan: 'VLAN',
  tunnel: 'Túnel',
  macvlan: 'Macvlan',
  macvtap: 'Macvtap',
  veth: 'Par virtual',
  tap: 'Cable de una máquina',
  ppp: 'Marcado',
  loopback: 'Bucle local',
  other: 'Otro',
}

const origins: Record<Address['origin'], string> = {
  static: 'puesta a mano',
  dynamic: 'del router',
  'link-local': 'de enlace local',
}

const transactionStates: Record<TransactionState, string> = {
  armed: 'En curso',
  committed: 'En vigor',
  undoing: 'Deshaciéndose',
  'rolled-back': 'Revertido, como antes',
  'rollback-failed': 'Falló la reversión',
  undone: 'Deshecho',
}

export const host: (typeof en)['host'] = {
  title: 'Este equipo',
  elsewhere: (host) =>
    `Las máquinas están en ${host}, otro equipo. Desde aquí no se ven ni se cambian sus enlaces, rutas y puentes.`,
  elsewhereHint: 'Para ver y cambiar su red, abre Patchbay allí.',
  uplink: 'Salida',
  noUplink: 'Ninguna',
  nic: 'Tarjeta de red',
  bridge: 'Puente',
  noBridge: 'Ninguno',
  manager: 'Gestionada por',
  gateway: 'Puerta de enlace',
  none: 'Ninguna',
  hostname: 'Nombre',
  links: 'Enlaces',
  link: 'Enlace',
  kind: 'Tipo',
  addresses: 'Direcciones',
  mac: 'MAC',
  portOf: (master) => `puerto de ${master}`,
  on: (parent) => `sobre ${parent}`,
  linkKinds,
  origins,
  carrier: 'Conectado',
  noCarrier: 'Sin cable',
  nothingPlugged: 'Nada conectado',
  down: 'Desactivado',
  state: 'Estado',
  routes: 'Rutas',
  to: 'Destino',
  via: 'A través de',
  metric: 'Métrica',
  defaultRoute: 'todo lo demás',
  directly: 'directamente',
  dns: 'DNS',
  searchDomains: 'Dominios',
  bridges: 'Puentes',
  noBridges: 'Este equipo no tiene ningún puente.',
  toTheLan: 'hacia la LAN',
  notToTheLan: 'no hacia la LAN',
  ports: (names) => `Puertos: ${names}`,
  cables: (count) => (count === 1 ? '1 máquina' : `${count} máquinas`),
  changes: 'Cambios del equipo',
  noChanges: 'Patchbay no ha cambiado nada en este equipo.',
  changesLead: 'Antes de cada uno se tomó una instantánea de la red. Elige uno para ver qué difiere ahora.',
  madeBridge: (bridge, nic) => `${bridge} desde ${nic}`,
  transactionStates,
  hiddenLinks: (count) =>
    count === 1 ? 'No se muestra un cable de una máquina.' : `No se muestran ${count} cables de máquinas.`,
  makeBridge: 'Crear un puente…',
  speed: (mbits) => (mbits >= 1000 ? `${mbits / 1000} Gbit/s` : `${mbits} Mbit/s`),
}
