import type { NetworkKind } from '../../world/network'
import type { NetworkAction } from '../../world/operation'
import type { Reachability } from '../../reach/table'
import type { en } from '../en'

const kinds: Record<NetworkKind, string> = {
  nat: 'NAT',
  isolated: 'Aislada',
  'very-isolated': 'Muy aislada',
  routed: 'Enrutada',
  open: 'Abierta',
  bridged: 'Puente',
  macvtap: 'Macvtap',
  other: 'Otra',
}

const meanings: Record<NetworkKind, string> = {
  nat: 'Las máquinas salen a través de este equipo; desde fuera no entra nadie.',
  isolated: 'Las máquinas y este equipo, nadie más.',
  'very-isolated': 'Las máquinas entre sí, ni siquiera este equipo.',
  routed: 'Este equipo encamina entre las máquinas y la LAN.',
  open: 'Este equipo encamina, y libvirt no añade reglas de cortafuegos.',
  bridged: 'Las máquinas están en la misma red que los puertos del puente.',
  macvtap: 'Las máquinas comparten una tarjeta del equipo; el equipo no llega a ellas.',
  other: 'Un tipo que Patchbay muestra pero no crea.',
}

const addressesFrom: Record<Reachability['addressesFrom'], string> = {
  libvirt: 'libvirt',
  'lan-router': 'Tu router',
  nobody: 'Nadie',
  unknown: 'No se sabe',
}

const leases = (count: number): string =>
  count === 0 ? 'sin concesiones' : count === 1 ? '1 concesión' : `${count} concesiones`

const actions: Record<NetworkAction, string> = {
  start: 'Arrancar',
  stop: 'Parar',
  restart: 'Rearrancar',
  'autostart-on': 'Arrancar con el equipo',
  'autostart-off': 'No arrancar con el equipo',
}

export const networks: (typeof en)['networks'] = {
  title: 'Redes',
  kinds,
  meanings,
  lan: 'LAN',
  theLan: 'la LAN',
  outside: 'Fuera',
  router: 'Router',
  thisHost: 'Este equipo',
  portGroups: 'Grupos de puertos',
  partOf: (place, part) => `${place} (${part})`,
  macvtapName: (link) => `${link} directa`,
  lanCard: (bridge, nic) => `${bridge} sobre ${nic}, el router da las direcciones`,
  lanMissing: 'Sin configurar.',
  makeBridge: (bridge, nic) => `Crear ${bridge} desde ${nic}`,
  lanMissingNoUplink: 'Sin configurar, y este equipo no tiene salida',
  details: {
    nat: (subnet, count) => `${subnet}, ${leases(count)}`,
    isolated: (subnet, host) => `${subnet}, equipo en ${host}`,
    veryIsolated: 'Solo máquinas, sin equipo, sin DHCP',
    macvtap: 'En la LAN, el equipo no llega',
    macvtapAccess: 'En la LAN, el equipo llega donde se le permitió',
    bridged: (bridge) => `A través de ${bridge}`,
    bridgedUnseen: 'Puente de allí, con máquinas conectadas',
    bridgedElsewhere: (ports) =>
      ports === '' ? 'Ningún puerto lleva fuera' : `Puertos ${ports}, fuera de la LAN`,
    stopped: 'Parada',
  },
  kind: 'Tipo',
  subnet: 'Subred',
  dhcp: 'DHCP',
  dhcpRange: (start, end) => `${start} a ${end}`,
  dhcpOff: 'No',
  hostAddress: 'Equipo',
  device: 'Puente',
  ports: 'Puertos',
  leasesTitle: 'Concesiones',
  machinesHere: 'Conectadas',
  nobodyHere: 'No hay ninguna máquina conectada',
  name: 'Nombre',
  state: 'Estado',
  active: 'Activa',
  stopped: 'Parada',
  unseen: 'No se ve desde aquí',
  autostart: 'Arranca con el equipo',
  keptApart: 'Máquinas separadas',
  autostartShort: 'Al inicio',
  startStop: 'Arrancar o parar',
  yes: 'Sí',
  no: 'No',
  actions,
  actionOf: (action, network) => `${action}: ${network}`,
  reach: {
    title: 'Quién llega a quién',
    hostTo: (machine, host) => `${host ?? 'Este equipo'} a ${machine ?? 'las máquinas'}`,
    toOutside: (machine) => `${machine ?? 'Las máquinas'} a internet`,
    lanTo: (machine) => `La LAN a ${machine ?? 'las máquinas'}`,
    addressesFrom: 'Direcciones de',
    addresses: addressesFrom,
  },
  said: {
    start: (network) => `${network} está en marcha`,
    stop: (network) => `${network} está parada`,
    restart: (network) => `${network} está rearrancada`,
    'autostart-on': (network) => `${network} arranca con el equipo`,
    'autostart-off': (network) => `${network} ya no arranca con el equipo`,
    create: (network) => `${network} está creada`,
    change: (network) => `${network} está cambiada`,
    delete: (network) => `${network} está eliminada`,
  },
  failed: (network) => `No se pudo cambiar ${network}`,
}
