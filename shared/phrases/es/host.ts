import type { host as English } from '../en/host'

export const host: typeof English = {
  'foreign-goes-along': ({ nic, names, bridge }) =>
    `Ninguna configuración de ${nic} tiene ${names.join(', ')}: eso pasa a ${bridge}, y vuelve al deshacerlo, pero solo hasta el próximo reinicio.`,
  'the-default-route': 'la ruta predeterminada',
  'the-route-to': ({ to }) => `la ruta a ${to}`,
  'in-table': ({ route, table }) => `${route} en la tabla ${table}`,
  'name-servers-are': ({ servers }) => `servidores de nombres ${servers}`,
  'mac-is': ({ mac }) => `MAC ${mac}`,
  'mac-unknown': 'MAC desconocida',
  'bridge-with-port': ({ nic }) => `puente, puerto ${nic}`,
  'role-port-of': ({ role, bridge }) => `${role}, puerto de ${bridge}`,
  'no-own-address': 'sin dirección propia',
  'role-bond': 'agregado',
  'role-vlan-on': ({ parent }) => `VLAN sobre ${parent}`,
  'role-network-card': 'tarjeta de red',
  'address-from-router': ({ address }) => `${address} del router`,
  'address-fixed': ({ address }) => `${address} fija`,
  'default-route-via': ({ via }) => `ruta predeterminada por ${via}`,
  'default-route': 'ruta predeterminada',
  'route-to-via': ({ to, via }) => `ruta a ${to} por ${via}`,
  'route-to': ({ to }) => `ruta a ${to}`,
  'wifi-passes-own-frames': ({ what }) =>
    `${what}: un punto de acceso solo deja pasar tramas con la MAC de la propia tarjeta, así que no puede ser puerto de un puente`,
  'bond-rewrites': ({ bond, mode }) =>
    `El agregado ${bond} tiene el modo ${mode}, que cambia las MAC en lo que envían las máquinas`,
  'bond-below-rewrites': ({ bond, nic, mode }) =>
    `El agregado ${bond} debajo de ${nic} tiene el modo ${mode}, que cambia las MAC en lo que envían las máquinas`,
  'is-port-of': ({ nic, master }) => `${nic} es un puerto de ${master}`,
  'profile-named': ({ id }) => `el perfil «${id}»`,
  'if-anything-fails-or-computer':
    'Si algo falla, o el equipo se queda sin corriente, todo vuelve solo a como estaba.',
  'takes-over-mac-address-router': ({ bridge, nic }) =>
    `${bridge} toma la dirección MAC de ${nic}, así que el router le da la misma dirección.`,
  'does-not-carry-default-route': ({ nic }) => `${nic} no lleva la ruta predeterminada.`,
  'connected-over-network-confirm-change':
    'Estás conectado por la red: confirma el cambio a tiempo, o se revierte.',
  'on-work-before-carry-does': ({ names, nic, bridge }) =>
    `${names} sobre ${nic} funcionan como antes; lo que llevan no llega a ${bridge}.`,
  'may-to-connect-again': ({ vpn }) => `${vpn} quizá tenga que conectarse de nuevo.`,
  'no-network-manager-bridge-lasts': ({ nic }) =>
    `Ningún gestor de red tiene ${nic}, así que el puente dura hasta que se reinicie el equipo; créalo entonces otra vez.`,
  'wi-fi-card': ({ nic }) => `${nic} es una tarjeta Wi-Fi`,
  'sends-through-wi-fi-card': ({ nic, name }) => `${nic} envía por la tarjeta Wi-Fi ${name}`,
  'use-nat-or-plug': 'Usa NAT, o conecta un cable de red.',
  'give-mode-active-backup-balance': 'Dale el modo active-backup, balance-xor o 802.3ad, o usa NAT.',
  'stop-uses-macvtap-or-macvlan':
    'Detén antes lo que usa macvtap o macvlan en esta tarjeta, o sigue usándolo.',
  'carries-kernel-lets-card-either': ({ nic, taker }) =>
    `${nic} lleva ${taker}; el núcleo deja que una tarjeta sea puerto de un puente o esté debajo de un macvlan, no ambas cosas`,
  'link-with-mac-address': ({ mac }) =>
    `un enlace con la dirección MAC ${mac} en otro espacio de nombres de red, como el macvlan de un contenedor`,
  'stop-container-first-or-keep': ({ mac, nic }) =>
    `Detén antes el contenedor, o sigue usándolo. Una dirección puesta a mano se quita así: bridge fdb delete ${mac} dev ${nic} self`,
  'sends-through-itself-no-address': ({ above, nic }) =>
    `${above} envía por ${nic} directamente, que no tendrá dirección propia`,
  'take-tunnel-down-make-bridge': 'Desmonta el túnel, crea el puente y monta el túnel a través del puente.',
  'wpa-supplicant-signs-in-802': ({ nic }) =>
    `wpa_supplicant autentica ${nic} por 802.1X, cosa que el puerto de un puente no puede hacer para las máquinas que tiene detrás`,
  'use-nat-machines-then-go': 'Usa NAT: las máquinas salen entonces con la autenticación de este equipo.',
  'firewalld-in-zone-but': ({ nic, present, bridge, coming }) =>
    `firewalld tiene ${nic} en la zona «${present}», pero tendría ${bridge} en «${coming}»`,
  'give-bridge-zone-beforehand-firewall': ({ present, bridge }) =>
    `Dale antes su zona al puente: firewall-cmd --permanent --zone=${present} --change-interface=${bridge} && firewall-cmd --reload`,
  'cannot-name-link': ({ bad }) => `«${bad}» no puede ser el nombre de un enlace`,
  'name-starts-with-letter':
    'Un nombre empieza por una letra y tiene como mucho 15 letras, cifras, puntos, guiones o guiones bajos.',
  'bridge-with-network-card-already': ({ existing, nic }) =>
    `El puente ${existing} con la tarjeta de red ${nic} ya existe`,
  'plug-machines': 'Conecta máquinas a él.',
  'plug-machines-into-patchbay-connect': ({ existing }) =>
    `Conecta máquinas a él: patchbay connect MÁQUINA bridge:${existing}`,
  'no-network-card-3': ({ nic }) => `No hay ninguna tarjeta de red «${nic}»`,
  'there-is': ({ cards }) => `Hay: ${cards}.`,
  'computer-no-wired-network-card': 'Este equipo no tiene ninguna tarjeta de red por cable.',
  'dial-up-connection': 'una conexión por marcado',
  'vpn-or-tunnel': 'una VPN o un túnel',
  'default-route-goes-through': ({ nic, what }) =>
    `La ruta predeterminada pasa por ${nic}, ${what}, que no tiene ninguna LAN con que hacer un puente`,
  'disconnect-make-bridge-from-network':
    'Desconéctala, crea el puente desde la tarjeta de red y conéctala de nuevo; o usa NAT.',
  'take-out-first-or-choose': ({ nic, master }) =>
    `Saca antes ${nic} de ${master}, o elige otra tarjeta de red con --nic.`,
  'no-network-card-bond': ({ nic, kind }) =>
    `${nic} no es una tarjeta de red, un agregado ni una VLAN, sino un enlace de tipo ${kind}, que no puede ser puerto`,
  'choose-wired-network-card': 'Elige una tarjeta de red por cable con --nic, o usa NAT.',
  'no-carrier-no-cable': ({ nic }) => `${nic} no tiene señal: no hay cable, o el otro lado está apagado`,
  'plug-in-cable-or-choose': 'Conecta el cable, o elige otra tarjeta de red con --nic.',
  'link-kind': ({ kind }) => `un enlace de tipo ${kind}`,
  'name-taken': ({ bridge, holder }) => `El nombre ${bridge} lo tiene ${holder}`,
  'give-bridge-another-name-name': ({ free }) => `Dale otro nombre al puente: --name ${free}`,
  'several-network-cards-uplink': ({ links }) =>
    `Varias tarjetas de red son la salida en igual medida: ${links}`,
  'choose-leads-to-lan-nic': ({ link }) => `Elige la que lleva a la LAN: --nic ${link}`,
  'computer-no-uplink-no-network':
    'Este equipo no tiene salida: ninguna tarjeta de red lleva una ruta predeterminada',
  'connect-to-network-first-then': 'Conéctalo antes a la red; así el puente conserva esa conexión.',
}
