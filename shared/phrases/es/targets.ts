import type { targets as English } from '../en/targets'

export const targets: typeof English = {
  'by-itself-on': ({ name, parent, kind }) => `${name} ya está en ${parent} por ${kind}.`,
  'carries-hosts-uplink': ({ name }) =>
    `${name} lleva la salida del propio equipo: entregarlo a una máquina dejaría al equipo sin red.`,
  'carries-hosts-address': ({ name, ip }) =>
    `${name} lleva la dirección ${ip} del propio equipo: entregarlo a una máquina dejaría al equipo sin red.`,
  'carries-no-ethernet-frames-own': ({ name }) =>
    `${name} no lleva tramas Ethernet propias, así que ninguna máquina puede estar en él por macvtap.`,
  'use-nat-or-network-card': 'Usa NAT, o una tarjeta de red.',
  'name-network-card': 'Nombra una tarjeta de red.',
  'use-macvtap-for-same-place': ({ parent, mode }) => `Usa macvtap:${parent}:${mode} para el mismo sitio.`,
  'handed-through-to-passthrough-shares': ({ link, name }) =>
    `${link} está entregado a ${name} (passthrough), que no lo comparte con nadie.`,
  'move-first-or-choose-another': ({ name }) => `Mueve antes ${name}, o elige otro enlace.`,
  'port-kernel-allows-no-macvtap': ({ name, master }) =>
    `${name} es un puerto de ${master}, y el núcleo no permite macvtap en un puerto.`,
  'plug-machine-into-bridge-bridge': ({ master }) => `Conecta la máquina a ese puente: bridge:${master}`,
  'use-macvtap-for-same-place-2': ({ master }) => `Usa macvtap:${master} para el mismo sitio.`,
  'use-macvtap-bridge-or-link': ({ name }) =>
    `Usa macvtap:${name}:bridge, o un enlace que el equipo no necesite.`,
  'on-already-passthrough-shares-link': ({ taken, name }) =>
    `${taken} ya está en ${name}, y passthrough no comparte un enlace con nadie.`,
  'use-macvtap-bridge-or-choose': ({ name }) => `Usa macvtap:${name}:bridge, o elige otro enlace.`,
  'over-macvtap-host-machine-do':
    'Por macvtap este equipo y la máquina no se alcanzan: el núcleo los mantiene separados. Un puente (lan) no tiene ese límite.',
  'over-macvtap-host-reaches-machine': ({ name }) =>
    `Por macvtap este equipo llega a la máquina solo a través de ${name}.`,
  'wi-fi-card-access-points': ({ name }) =>
    `${name} es una tarjeta Wi-Fi: los puntos de acceso admiten una MAC por estación, así que lo más probable es que la máquina no llegue a nadie. NAT funciona ahí.`,
  'not-place-to-plug-machine': ({ text }) => `«${text}» no es un sitio al que conectar una máquina.`,
  use: ({ forms }) => `Usa ${forms}.`,
  'bridge-leads-to-lan-cannot': ({ hostname }) =>
    `Desde aquí no se ve qué puente de ${hostname} lleva a su LAN.`,
  'name-bridge-for-instance-bridge': 'Nombra el puente, por ejemplo: bridge:br0',
  'no-bridge-to-lan-on-host': 'En este equipo aún no hay ningún puente a la LAN.',
  'host-no-uplink-connect': 'Este equipo no tiene salida: conéctalo antes a una red.',
  'make-from-first': ({ nic }) => `Crea antes uno desde ${nic}.`,
  'make-from-with-patchbay-bridge': ({ nic }) => `Crea uno desde ${nic} con: patchbay bridge create`,
  'nat-network-not-started': ({ name }) => `La red NAT ${name} no está arrancada.`,
  'no-nat-network': 'No hay ninguna red NAT.',
  'make-first': 'Crea antes una.',
  'make-with-patchbay-network-create': 'Crea una con: patchbay network create NOMBRE',
  'start-with-patchbay-network-start': ({ network }) => `Arráncala con: patchbay network start ${network}`,
  'no-network-named': ({ network }) => `No hay ninguna red llamada ${network}.`,
  'network-no-port-group-named': ({ name, portGroup }) =>
    `La red ${name} no tiene ningún grupo de puertos llamado ${portGroup}.`,
  'no-bridge-named': ({ bridge }) => `No hay ningún puente llamado ${bridge}.`,
  'no-network-card-named': ({ link }) => `No hay ninguna tarjeta de red llamada ${link}.`,
  'can-chosen': ({ description }) => `«${description}» no se puede elegir.`,
  'bridge-kernel-now-switch': ({ name, type }) =>
    `${name} es ahora un puente del núcleo, y antes era de un conmutador con puertos virtuales (${type}).`,
  'choose-network-to-plug': 'Elige una red a la que conectarla.',
  'say-where-to-plug-in-for-instance': ({ name }) => `Di a qué conectarla, por ejemplo: bridge:${name}`,
  'not-bridge': ({ name }) => `${name} no es un puente.`,
  'choose-bridge': 'Elige un puente.',
  'see-patchbay-networks': 'Véase: patchbay networks',
  'see-with': ({ command }) => `Mira lo que hay con: ${command}`,
  'another-link': 'otro enlace',
  'network-not-started': ({ network }) => `La red ${network} no está arrancada.`,
}
