import type { MachineState, NicAddress } from '../../world/machine'
import type { en } from '../en'

const states: Record<MachineState, string> = {
  running: 'En marcha',
  paused: 'En pausa',
  'shutting-down': 'Apagándose',
  off: 'Apagada',
  crashed: 'Caída',
  suspended: 'Suspendida',
}

const seenBy: Record<NicAddress['source'], string> = {
  lease: 'el DHCP de libvirt',
  agent: 'lo dice el agente de la máquina',
  arp: 'vista en la red',
}

const cards = (count: number): string =>
  count === 0 ? 'sin tarjeta de red' : count === 1 ? 'una tarjeta de red' : `${count} tarjetas de red`

export const machines: (typeof en)['machines'] = {
  title: 'Máquinas',
  states,
  summary: (state, count) => `${state}, ${cards(count)}`,
  noNic: 'Sin tarjeta de red',
  noNicHint: 'Añade una con tu herramienta habitual y conéctala aquí.',
  noAddress: 'Aún sin dirección',
  addressUnknown: 'No se conoce la dirección',
  noAddressOn: (position) => `sin dirección en la ${position}.ª`,
  joinsAtStart: (network) => `entra en ${network} al arrancar`,
  unplugged: 'sin conectar',
  moving: (network) => `Pasando a ${network}`,
  jack: (machine, mac) => `Cable de ${machine}, tarjeta ${mac}`,
  whichNic: 'Tarjeta de red',
  nicLabel: (position, place) => `Tarjeta ${position}: ${place}`,
  switchLabel: 'Conectar a',
  nat: 'NAT',
  lan: 'LAN',
  other: 'Otra…',
  address: 'Dirección',
  addresses: 'Direcciones',
  oldAddress: 'De otra red',
  from: 'Origen',
  card: 'Tarjeta',
  model: 'Modelo',
  plugged: 'Conectada a',
  state: 'Estado',
  nics: 'Tarjetas',
  name: 'Nombre',
  seenBy,
  seenAt: 'Visto',
  backTo: (place) => `Volver a ${place}`,
  previewMacvtap:
    'La tarjeta de una máquina en marcha se desenchufa y se enchufa de nuevo, y su sistema debe permitirlo. Allí este equipo y la máquina no se alcanzan.',
  fromRouter: (seen) => `tu router, ${seen}`,
  nowAndAfterRestart: (place) => `${place}, ahora y tras reiniciar`,
  nowAndAfter: (now, after) => `${now} ahora, ${after} tras reiniciar`,
  fromNextStart: (place) => `${place}, desde el próximo arranque`,
  differs: (after) => `Vale por ahora: tras reiniciar estará conectada a ${after}.`,
  onlyNow: (place) => `${place}, hasta que se apague`,
  placeGone: (place) => `${place} no existe: el cable no lleva a ninguna parte. Conéctalo a otra red.`,
  cableCut: 'El cable está cortado: el enlace está desactivado',
  newAddress: {
    libvirt: (subnet) => `una nueva de ${subnet}`,
    'lan-router': 'una nueva de tu router',
    nobody: 'ninguna por sí sola: ponla en la máquina',
    unknown: 'depende de esa red',
  },
  preview: (network) => `Si la conectas a ${network}`,
  previewLive: 'Pasa al momento, sin reiniciar. La tarjeta es la misma.',
  previewStopped: 'La máquina está apagada: vale desde su próximo arranque.',
  alreadyThere: (place) => `Ya está conectada a ${place}: no se ha cambiado nada.`,
  movedAfterRestart: 'Conectada ahí también después de reiniciar.',
  moved: (before, live) =>
    live
      ? `Venía de ${before} y conserva su tarjeta.`
      : `Venía de ${before}; vale desde el próximo arranque.`,
  movedAddress: (ip) => `Dirección ${ip}`,
  movedNoAddress: 'Aún no se ve ninguna dirección.',
  pulledInVain:
    'Puede que la máquina no haya notado que se le quitó el cable, que tenga una dirección fija o que necesite más tiempo. Patchbay puede volver a quitarlo durante 7 segundos.',
  pullAgain: 'Quitar el cable otra vez',
  cableLeftOut: 'Patchbay se cerró mientras tenía este cable quitado, así que el enlace está caído.',
  putCableIn: 'Volver a ponerlo',
  moveFailed: 'No se pudo mover',
  asBefore: (place) => `Sigue conectada a ${place}.`,
  picker: (machine) => `Conectar ${machine} a`,
  pickerFilter: 'Filtrar redes',
  pickerEmpty: 'Ninguna red coincide',
  current: 'Conectada',
  refusals: {
    stopped: 'Parada: arráncala antes',
    offline: 'libvirt no responde',
    busy: 'Su cable se está moviendo',
    otherCard: 'Este tipo de tarjeta no se puede mover',
    lanElsewhere: (host) =>
      `Desde aquí no se ve qué puente de ${host} lleva a su LAN: elige uno por su nombre`,
    noNat: 'No hay ninguna red NAT',
    natStopped: (network) => `${network} está parada: arráncala antes`,
  },
  lanNeedsBridge: 'La LAN necesita antes un puente. LAN muestra qué cambiaría.',
  keyboardHelp:
    'Las flechas o las primeras letras de su nombre eligen una máquina, Ctrl+Mayús+L la pasa a la LAN, Ctrl+Mayús+N a NAT, Intro muestra todas las redes.',
  sortBy: (column) => `Ordenar por ${column}`,
  count: (shown, all) => (shown === all ? `${all}` : `${shown} de ${all}`),
  steps: (done, all) => `Paso ${done} de ${all}`,
  said: {
    moved: (machine, network, address) =>
      address === null
        ? `${machine} está conectada a ${network}`
        : `${machine} está conectada a ${network}, dirección ${address}`,
    moving: (machine, network) => `Pasando ${machine} a ${network}`,
    already: (machine, network) => `${machine} ya está conectada a ${network}`,
    failed: (machine) => `No se pudo mover ${machine}`,
    pulling: (machine) => `Quitando el cable de ${machine}`,
    pulled: (machine, address) =>
      address === null
        ? `El cable de ${machine} está puesto otra vez; no se ve ninguna dirección`
        : `El cable de ${machine} está puesto otra vez, dirección ${address}`,
    pullFailed: (machine) => `No se pudo quitar el cable de ${machine}`,
  },
}
