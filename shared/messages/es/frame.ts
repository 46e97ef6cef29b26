import type { HostManager } from '../../world/host'
import type { en } from '../en'

const managers: Record<HostManager, string> = {
  networkmanager: 'NetworkManager',
  'systemd-networkd': 'systemd-networkd',
  netplan: 'netplan',
  ifupdown: 'ifupdown',
  none: 'nadie: se configuró a mano',
  unknown: 'no se sabe quién',
}

const results = (machines: number, networks: number): string =>
  `Coinciden ${machines} ${machines === 1 ? 'máquina' : 'máquinas'} y ${networks} ${networks === 1 ? 'red' : 'redes'}`

export const frame: (typeof en)['frame'] = {
  search: 'Buscar máquina, red o dirección',
  clearSearch: 'Borrar la búsqueda',
  searchResults: results,
  nothingFound: (query) => `Nada coincide con «${query}»`,
  views: {
    patchbay: 'Patchbay',
    machines: 'Máquinas',
    networks: 'Redes',
    host: 'Este equipo',
    health: 'Salud',
  },
  otherHost: 'Su equipo',
  sidebar: 'Vistas',
  connection: 'Conexión',
  thisComputer: 'Este ordenador',
  managers,
  status: {
    label: 'Estado',
    uplink: (nic, bridge, speed) =>
      [`${nic} activa`, speed, bridge === null ? null : `en ${bridge}`]
        .filter((part) => part !== null)
        .join(', '),
    uplinkDown: (nic) => `${nic}: sin cable`,
    noUplink: 'Sin salida: este equipo no llega a ninguna parte',
    elsewhere: (host) => `${host}: su propia red no se ve desde aquí`,
    managerUnknown: 'No se sabe quién gestiona la red',
    managedBy: (manager) => `Gestionada por ${manager}`,
    gateway: (ip) => `Puerta de enlace ${ip}`,
    noGateway: 'Sin puerta de enlace',
    bridgeMade: (bridge, when) => `${bridge} creado el ${when}, instantánea guardada`,
    bridgeUndone: (bridge, when) => `${bridge} deshecho, se creó el ${when}`,
    rolledBack: (bridge, when) => `${bridge} revertido el ${when}, todo como antes`,
    rollbackFailed: (bridge) => `${bridge}: la reversión falló, mira Este equipo`,
    armed: (bridge) => `${bridge} está cambiando`,
    undoing: (bridge: string) => `${bridge} se está deshaciendo`,
  },
  undo: 'Deshacer',
  close: 'Cerrar',
  retry: 'Reintentar',
  remedies: { startNetwork: (network) => `Arrancar ${network}`, makeBridge: 'Crear el puente…' },
  details: 'Detalles',
  connecting: 'Conectando con libvirt',
  connectingTo: (uri) => `Mirando ${uri}`,
  offline: 'libvirt no responde',
  offlineShown: 'Lo que ves es el último estado conocido.',
  noAnswer: 'Patchbay no pudo examinar este ordenador',
  noMachines: 'Aún no hay máquinas',
  noMachinesHint:
    'Crea una con tu herramienta habitual, por ejemplo virt-manager, GNOME Boxes o virt-install. Aparecerá aquí sola.',
  noMachinesExample:
    'virt-install --name web01 --memory 2048 --disk size=20 --osinfo debian12 --cdrom debian.iso',
  machinesNotKnown: 'No se sabe: libvirt no responde, y solo él dice qué máquinas hay.',
  networksNotKnown: 'No se sabe: libvirt no responde, y solo él dice qué redes hay.',
  noNetworks: 'Aún no hay redes',
  noNetworksHint: 'Crea una con «Red nueva», o el puente a la LAN.',
  inspectorEmpty: 'Elige una máquina o una red',
  inspectorEmptyHint:
    'Arrastra un conector hasta una red para mover su cable. Con el teclado: las flechas o las primeras letras de su nombre eligen una máquina, Ctrl+Mayús+L la pone en la LAN, Ctrl+Mayús+N detrás de NAT, Intro muestra todas las redes.',
  inspector: 'Detalles',
  closeInspector: 'Cerrar los detalles',
  notifications: 'Mensajes',
  dismiss: 'Descartar',
}
