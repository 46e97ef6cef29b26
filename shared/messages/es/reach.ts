import type { Conclusion, ProbeGap, Sent } from '../../reach/probe'
import type { Reach, ReachCode } from '../../reach/reach'
import type { reach as english } from '../en/reach'

const answers: Record<Reach['answer'], string> = { yes: 'sí', no: 'no', unknown: 'no se sabe' }

/** Each is told the network, link, subnet or machine it is about. */
const reasons: Record<ReachCode, (on: string) => string> = {
  itself: (on) => `${on} se alcanza a sí mismo`,
  'same-segment': (on) => `Ambos están enchufados a ${on}`,
  'host-address': (on) => `Este equipo tiene una dirección en ${on}`,
  'on-lan': (on) => `Directamente en la LAN, por ${on}`,
  'by-nat': (on) => `Este equipo lo pasa por ${on}, tras su propia dirección (NAT)`,
  'by-host': (on) => `Este equipo lo encamina a ${on}`,
  'host-access': (on) => `Por el enlace de acceso del equipo ${on}`,
  'machine-off': (on) => `${on} no está en marcha`,
  'machine-paused': (on) => `${on} está en pausa`,
  'no-nic': (on) => `${on} no tiene tarjeta de red`,
  'not-plugged': (on) => `La tarjeta de red de ${on} llega con el próximo arranque`,
  'cable-cut': (on) => `El cable de ${on} está cortado: su enlace está desactivado`,
  'tap-elsewhere': (on) => `El cable ${on} se ha salido de su puente`,
  'network-missing': (on) => `No hay ninguna red ${on}`,
  'network-stopped': (on) => `${on} está detenida`,
  'nobody-into-nat': (on) => `${on} es NAT: libvirt no deja entrar a nadie de fuera`,
  isolated: (on) => `${on} está aislada: libvirt no deja entrar ni salir nada`,
  'no-host-address': (on) => `Este equipo no tiene dirección en ${on}`,
  'other-way-out': (on) => `${on} solo puede salir por otro enlace de este equipo`,
  'isolated-ports': (on) => `${on} mantiene sus máquinas separadas entre sí`,
  'macvtap-apart': (on) => `Macvtap sobre ${on}: el núcleo mantiene separados este equipo y la máquina`,
  'macvtap-private': (on) => `Macvtap sobre ${on} en modo private mantiene las máquinas separadas`,
  'macvtap-vepa': (on) =>
    `Macvtap sobre ${on} en modo vepa: solo las une un conmutador que devuelva las tramas (hairpin)`,
  'macvtap-alone': (on) => `Macvtap sobre ${on} en modo passthrough es de una sola máquina`,
  'no-host-route': (on) => `Este equipo no tiene ruta a la máquina por ${on}`,
  'no-way-out': (on) => `${on} no tiene ningún puerto que lleve más allá`,
  'no-uplink': () => 'Este equipo no tiene enlace de subida',
  'uplink-down': (on) => `${on} no tiene cable, o está desactivado`,
  'no-gateway': (on) => `${on} no tiene puerta de enlace`,
  'needs-route': (on) => `Este equipo lo encamina, si el otro lado tiene una ruta a ${on} por este equipo`,
  'router-decides': (on) => `Eso lo decide el router (${on})`,
  'own-rules': (on) => `Eso depende de cómo reenvía este equipo para ${on}`,
  'other-wire': (on) => `No se sabe adónde lleva ${on}`,
  'no-address-known': (on) =>
    `No se conoce la dirección de la máquina, así que no se sabe si ${on} lleva hasta ella`,
  'no-dhcp': (on) => `Nadie da direcciones en ${on}: la máquina está ahí cuando se le pone una a mano`,
  'not-seen-from-here': (on) => `Desde aquí no se ve a qué está conectado ${on}`,
  'other-kind': (on) => `Patchbay no sabe cómo funciona ${on}`,
}

const conclusions: Record<Conclusion, string> = {
  agrees: 'Lo enviado lo confirma',
  surprise: 'Lo enviado muestra otra cosa',
  settled: 'Alguien respondió: se alcanza',
  'could-not-tell': 'Una prueba no pudo decirlo',
}

const gaps: Record<ProbeGap, string> = {
  'no-address': 'no se conoce ninguna dirección a la que enviar',
  'no-agent': 'el agente invitado de la máquina no responde',
  'no-ping-in-guest': 'el agente invitado no puede hacer ping',
  'not-from-the-lan': 'desde allí no se puede enviar nada',
  'not-into-the-internet': 'Patchbay no envía nada a internet',
  'same-end': 'ambos son el mismo',
}

const sent = {
  by: { arp: 'ARP', ping: 'Ping', tcp: 'TCP' } satisfies Record<Sent['by'], string>,
  what: (by: string, from: string, to: string) => `${by} de ${from} a ${to}`,
  answered: (what: string, who: string) => `${what}: respondió ${who}`,
  silent: (what: string) => `${what}: no respondió nadie`,
}

const short: (typeof english)['short'] = {
  yes: 'Sí',
  no: 'No',
  unknown: 'No se sabe',
  whenItRuns: 'Cuando esté en marcha',
  moving: 'Moviéndose',
  reasons: {
    'on-lan': 'directamente',
    'by-nat': 'por NAT',
    'by-host': 'por enrutamiento',
    'host-access': 'por el acceso del equipo',
    'machine-off': 'No, está apagada',
    'machine-paused': 'No, está en pausa',
    'no-nic': 'No, sin tarjeta de red',
    'not-plugged': 'No, desde el próximo arranque',
    'cable-cut': 'No, el cable está cortado',
    'tap-elsewhere': 'No, fuera de su puente',
    'network-missing': 'No, la red ya no está',
    'network-stopped': 'No, está parada',
    'no-host-address': 'No, sin dirección ahí',
    'other-way-out': 'No, sale por otro enlace',
    'macvtap-apart': 'No, separados',
    'no-host-route': 'No, sin ruta hasta ahí',
    'no-uplink': 'No, sin enlace',
    'uplink-down': 'No, sin cable',
    'no-gateway': 'No, sin puerta de enlace',
    'needs-route': 'Por enrutamiento, si los demás conocen el camino',
    'router-decides': 'Lo decide el router',
    'no-address-known': 'Donde se le permitió',
    'no-dhcp': 'Con una dirección puesta a mano',
    'not-seen-from-here': 'No se ve desde aquí',
  },
}

/** Si un extremo alcanza a otro, y por qué. */
export const reach = {
  tryIt: 'Probar',
  trying: 'Probando…',
  answers,
  reasons,
  short,
  conclusions,
  gaps,
  sent,
}
