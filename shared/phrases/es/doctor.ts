import type { doctor as English } from '../en/doctor'

export const doctor: typeof English = {
  'docker-closed-forward': ({ bridge }) =>
    `Docker ha cerrado la cadena FORWARD del cortafuegos, y ninguna de sus reglas deja pasar a ${bridge}.`,
  'forward-closed': ({ bridge }) =>
    `La cadena FORWARD del cortafuegos está cerrada, y ninguna de sus reglas deja pasar a ${bridge}.`,
  'network-gets-subnet': ({ network, subnet }) =>
    `la red ${network} recibe la subred ${subnet}, con DHCP en toda ella`,
  'give-another-subnet': ({ name, option }) =>
    `Dale otra subred a una de las dos: patchbay network change ${name} --${option} CIDR`,
  'again-after-each-restart-computer': 'de nuevo tras cada reinicio de este equipo, hasta que se deshaga',
  'network-restarted-machines-plugged': ({ network }) =>
    `la red ${network} se rearranca, y sus máquinas se vuelven a conectar`,
  'link-goes-down-for-second': ({ mac }) =>
    `el enlace de ${mac} se desactiva durante un segundo, para que la máquina pida una dirección`,
  'network-started': ({ network }) => `la red ${network} se arranca`,
  'network-stopped': ({ network }) => `la red ${network} se para`,
  'network-restarted': ({ network }) => `la red ${network} se rearranca`,
  'network-starts-with-computer': ({ network }) => `la red ${network} arranca con este equipo desde ahora`,
  'network-no-longer-starts': ({ network }) => `la red ${network} ya no arranca con este equipo`,
  'iptables-ip6tables-last-in-forward': ({ bridge }) =>
    `iptables e ip6tables, al final de FORWARD: se acepta lo que ${bridge} encamina`,
  'iptables-ip6tables-first-in-input': ({ bridge }) =>
    `iptables e ip6tables, al principio de INPUT: se aceptan DHCP y DNS desde ${bridge}`,
  'same-in-etc-sysctl-d': 'lo mismo en /etc/sysctl.d/90-patchbay-bridge.conf',
  'etc-udev-rules-d-90': '/etc/udev/rules.d/90-patchbay-bridge.rules los pone cuando se carga br_netfilter',
  'etc-firewalld-zones-libvirt-xml': 'se crea /etc/firewalld/zones/libvirt.xml',
  'networkmanager-leaves-vnet-alone-file':
    'NetworkManager deja en paz vnet* (un archivo en /etc/NetworkManager/conf.d)',
  'gpasswd-add-user-libvirt': 'gpasswd --add USUARIO libvirt, siendo USUARIO quien lo pide',
  'macvlan-link-on-with-address': ({ link, address }) =>
    `un enlace macvlan sobre ${link} con la dirección de ${address}`,
  'route-through': ({ machines }) => `una ruta por él hacia ${machines}`,
  'port-leads': ({ protocol, hostPort, machine, machinePort }) =>
    `el puerto ${hostPort} de ${protocol} lleva a ${machine}:${machinePort}`,
  'bridge-to-lan-card-mac': 'El puente a la LAN tiene la MAC de su tarjeta',
  'no-bridge-to-lan': 'No hay ningún puente a la LAN.',
  'mac-or-not-told': ({ bridge, nic }) => `No se dice la MAC de ${bridge} o de ${nic}.`,
  'has-the-mac-of': ({ bridge, nic }) => `${bridge} tiene la MAC de ${nic}.`,
  'mac-card': ({ bridge, own, nic, mac }) =>
    `${bridge} tiene la MAC ${own}, y su tarjeta ${nic} tiene ${mac}.`,
  'whoever-made-gave-another-router':
    'Quien lo creó le dio otra, así que el router presta a este equipo otra dirección que antes.',
  'where-matters-undo-bridge-patchbay':
    'Si eso importa, deshaz el puente y haz que lo cree Patchbay, que conserva la MAC: patchbay bridge create',
  'bridges-connect-at-once': 'Los puentes conectan al momento',
  'no-bridge-computer-card-port': 'Ningún puente de este equipo tiene una tarjeta como puerto.',
  'spanning-tree': ({ name }) => `${name} tiene activado el árbol de expansión.`,
  'port-passes-nothing-now-new': ({ dead }) =>
    `Su puerto ${dead} no deja pasar nada ahora; un puerto nuevo necesita medio minuto.`,
  'machine-plugged-in-without-connection':
    'Una máquina que se conecta queda medio minuto sin conexión. Consérvalo donde los cables puedan formar un bucle.',
  'none-spanning-tree': 'Ninguno tiene activado el árbol de expansión.',
  'machines-get-addresses-through-firewall': 'Las máquinas reciben direcciones a través del cortafuegos',
  'no-network-runs-hands-out': 'Ninguna red en marcha reparte direcciones.',
  'machines-on-network-get': ({ name }) => `Las máquinas de la red ${name} no reciben ninguna dirección.`,
  'ufw-closes-computer-libvirt-nftables': ({ bridge }) =>
    `ufw cierra este equipo, y las reglas de nftables de libvirt no lo abren para ${bridge}.`,
  'firewall-input-takes-send': ({ bridge }) =>
    `El cortafuegos (INPUT) se queda con lo que envían al servidor DHCP de ${bridge}.`,
  'dhcp-passes-on-every-virtual': 'DHCP pasa en todos los puentes virtuales.',
  'networks-machines-need-started': 'Las redes que las máquinas necesitan están arrancadas',
  'libvirt-no-network': 'libvirt no tiene ninguna red.',
  'network-default-starts-with-computer': 'Lo están, y la red default arranca con este equipo.',
  'they-are': 'Lo están.',
  'machines-plugged': 'Las máquinas conectadas a ella',
  'network-does-not-start': ({ name }) => `La red ${name} no arranca con este equipo.`,
  'network-stopped-2': ({ name }) => `La red ${name} está parada.`,
  'after-next-restart-stopped-cannot': ({ who }) =>
    `Tras el próximo reinicio estará parada, y no podrán arrancar: ${who}.`,
  'cannot-start-until-started': ({ who }) => `Hasta que se arranque no pueden arrancar: ${who}.`,
  'give-network-bridge-first': ({ name }) => `Dale antes un puente a la red ${name}.`,
  'bridged-machines-reach-lan': 'Las máquinas en un puente llegan a la LAN',
  'no-bridge-computer-leads-machines': 'Ningún puente de este equipo lleva máquinas a la LAN.',
  'stays-inside-bridge-does': 'Lo que se queda dentro de un puente no pasa por iptables.',
  'machines-on-do-not-reach': ({ dropped }) => `Las máquinas en ${dropped} no llegan a la LAN.`,
  'module-br-netfilter-sends-stays':
    'El módulo br_netfilter hace pasar por iptables lo que se queda dentro de un puente (bridge-nf-call-iptables vale 1), y FORWARD lo descarta.',
  'stays-inside-bridge-passes-iptables':
    'Lo que se queda dentro de un puente pasa por iptables, que lo deja pasar.',
  'machines-reach-outside-through-computer': 'Las máquinas salen fuera a través de este equipo',
  'no-network-runs-leads-out': 'Ninguna red en marcha sale a través de este equipo.',
  'computer-itself-no-way-out': 'Este equipo tampoco tiene salida.',
  'machines-on-network-do': ({ name }) => `Las máquinas de la red ${name} no llegan fuera.`,
  'machines-send-to-outside-passes': 'Lo que las máquinas envían fuera pasa el cortafuegos.',
  'firewalld-libvirt-zone': 'firewalld tiene la zona de libvirt',
  'firewalld-does-not-run': 'firewalld no está en marcha aquí.',
  'firewalld-zone-libvirt': 'firewalld tiene la zona «libvirt».',
  'firewalld-no-zone-libvirt': 'firewalld no tiene la zona «libvirt».',
  'virtual-bridges-fall-into-default':
    'Los puentes virtuales caen en la zona predeterminada, que se queda con lo que las máquinas piden por DHCP y DNS.',
  'computer-keeps-ipv6': 'Este equipo conserva su IPv6',
  'computer-no-ipv6': 'Este equipo no tiene IPv6.',
  'computer-no-way-out': 'Este equipo no tiene salida.',
  'computer-does-not-forward-ipv6': 'Este equipo no encamina IPv6.',
  'forwarding-does-not-keep': ({ link }) => `Encaminar no impide que ${link} escuche a los routers.`,
  'computer-loses-ipv6': ({ link }) => `Este equipo pierde su IPv6 en ${link}, o no la tiene.`,
  'forwards-ipv6-then-listens':
    'Encamina IPv6, y entonces solo escucha los anuncios de los routers con accept_ra = 2.',
  'permission-to-use-libvirt': 'Permiso para usar libvirt',
  'user-own-libvirt-needs': 'El libvirt propio del usuario no necesita permiso.',
  'root-may-use-libvirt': 'root puede usar libvirt.',
  'in-group-libvirt': ({ name }) => `${name} está en el grupo «libvirt».`,
  'no-group-libvirt-on-computer': 'En este equipo no hay ningún grupo «libvirt».',
  'in-group-libvirt-libvirt-answers': ({ name }) => `${name} está en el grupo «libvirt», y libvirt responde.`,
  'in-group-libvirt-but-session': ({ name }) =>
    `${name} está en el grupo «libvirt», pero esta sesión todavía no.`,
  'session-groups-user-had-when': 'Una sesión tiene los grupos que el usuario tenía cuando empezó.',
  'sign-out-in-again': 'Cierra la sesión y vuelve a entrar.',
  'not-in-group-libvirt': ({ name }) => `${name} no está en el grupo «libvirt».`,
  'libvirt-answers-rule-polkit-may':
    'libvirt responde por una regla de polkit, que puede pedir una contraseña cada vez.',
  'libvirt-socket-open-to-root': 'El socket de libvirt solo está abierto a root y a ese grupo.',
  'computer-reaches-machines-on-macvtap': 'Este equipo llega a las máquinas en macvtap',
  'no-machine-runs-plugged': 'Ninguna máquina en marcha está conectada por macvtap.',
  'does-through-link-own': 'Llega, por un enlace propio.',
  'computer-do-not-reach-each': ({ names }) => `Este equipo y ${names} no se alcanzan.`,
  'on-macvtap-kernel-keeps-card': ({ card }) =>
    `Están en macvtap de ${card}, y el núcleo mantiene separados una tarjeta y sus macvtap.`,
  'addresses-not-known-with-patchbay': ({ card, machine }) =>
    `Aquí no se conocen sus direcciones. Con ellas: patchbay host-access add ${card} --machine IP. O conéctalas a un puente: patchbay connect ${machine} lan`,
  'somebody-manages-way-out': 'Alguien gestiona la salida',
  'manages-bridge-made-through': ({ manager, link }) =>
    `${manager} gestiona ${link}, y un puente se crea a través de él.`,
  'nothing-patchbay-knows-manages': ({ link }) => `Nada que Patchbay conozca gestiona ${link}.`,
  'addresses-set-hand-or-script':
    'Sus direcciones se pusieron a mano o con un script. Un puente se crea entonces solo en el núcleo, y dura hasta el próximo reinicio.',
  'for-bridge-lasts-set-card':
    'Para un puente que dure, configura antes la tarjeta en NetworkManager, systemd-networkd, netplan o ifupdown.',
  'desktop-shows-status-icons': 'El escritorio muestra iconos de estado',
  'no-desktop-in-session': 'En esta sesión no hay escritorio.',
  'it-does': 'Los muestra.',
  'desktop-shows-no-status-icons': 'Este escritorio no muestra iconos de estado.',
  'patchbay-works-without-closing-window':
    'Patchbay funciona sin ellos: cerrar su ventana entonces lo termina.',
  'on-gnome-install-extension-appindicator': 'En GNOME instala la extensión AppIndicator Support.',
  'addresses-fit-network': 'Las direcciones corresponden a la red',
  'no-address-network': ({ name, own, network }) =>
    `${name} tiene ${own}, que no es una dirección de la red ${network}.`,
  'kept-had-elsewhere-nobody-answers': 'Conservó la que tenía en otra parte, y aquí nadie le responde.',
  'no-machine-known-to-another': 'De ninguna máquina se sabe que tenga una de otra red.',
  'subnets-do-not-overlap': 'Las subredes no se solapan',
  'no-network-libvirt-addresses-own': 'Ninguna red de libvirt tiene direcciones propias.',
  'no-network-shares-addresses':
    'Ninguna red comparte direcciones con otra, con los enlaces de este equipo ni con una ruta.',
  'network-overlaps': ({ name, cidr, by, other }) =>
    `La red ${name} tiene ${cidr}, que se solapa con ${by} (${other}).`,
  'sent-to-these-addresses-reaches': 'Lo que se envía a esas direcciones solo llega a una de las dos.',
  'cannot-start-beside-or-takes':
    'No puede arrancar junto a la otra, o le quita las direcciones cuando arranca.',
  'no-virtual-bridge-left-behind': 'No queda ningún puente virtual abandonado',
  'user-own-libvirt-makes': 'El libvirt propio del usuario no crea puentes.',
  'bridge-but-no-network-runs': ({ name }) =>
    `El puente ${name} existe, pero ninguna red en marcha lo tiene.`,
  'network-left-behind-addresses-name': 'Una red lo dejó atrás; sus direcciones y su nombre siguen ocupados.',
  'network-cannot-start-long': ({ owner }) => `La red ${owner} no puede arrancar mientras exista.`,
  'every-virtual-bridge-belongs': 'Cada puente virtual pertenece a una red en marcha.',
  'cables-machines-run-plugged': 'Los cables de las máquinas en marcha están conectados',
  'user-own-libvirt-no-taps': 'El libvirt propio del usuario no tiene taps.',
  'no-connection-tap': ({ name, tap, bridge }) =>
    `${name} no tiene conexión: su tap ${tap} no está en ${bridge}.`,
  'something-taken-out-bridge-network':
    'Algo lo ha sacado del puente, como hacen los gestores de red que reclaman cada enlace.',
  'something-put-into-instead': ({ master }) => `Algo lo ha metido en ${master} en su lugar.`,
  'move-where-belongs-patchbay-connect': ({ name, machine }) =>
    `Lleva ${name} adonde pertenece: patchbay connect ${machine} nat`,
  'every-tap-in-bridge-machine': 'Cada tap está en el puente al que su máquina está conectada.',
  'way-out-no-tunnel': 'La salida no es un túnel',
  'no-tunnel-on-computer': 'En este equipo no hay ningún túnel.',
  'tunnel-but-most-traffic-goes': 'Hay un túnel, pero la mayor parte del tráfico no pasa por él.',
  'vpn-takes-everything-leaves-computer': ({ link }) =>
    `La VPN ${link} se lleva todo lo que sale de este equipo.`,
  'machines-on-nat-go-through':
    'Las máquinas en NAT también pasan por ella. Un túnel no tiene Ethernet, así que no puede ser puerto de un puente.',
  'for-machines-beside-vpn-bridge':
    'Para máquinas al margen de la VPN, haz un puente con la propia tarjeta: patchbay bridge create --nic TARJETA. Para que NAT siga a la VPN no hay que hacer nada.',
  'way-out-can-bridged': 'La salida puede llevar un puente',
  'no-wi-fi-card': ({ nic }) => `${nic} no es una tarjeta Wi-Fi.`,
  'wi-fi-card-cannot-port': ({ name }) =>
    `${name} es una tarjeta Wi-Fi, que no puede ser puerto de un puente.`,
  'access-point-accepts-mac':
    'Un punto de acceso admite una sola MAC por estación, y descarta lo que las máquinas envían con la suya.',
  'plug-machines-into-nat':
    'Conecta las máquinas a NAT o a una red enrutada, o conecta este equipo por cable.',
  'libvirt-does-not-answer-networks': 'libvirt no responde, así que no se conocen sus redes ni sus máquinas.',
  'no-iptables-on-computer': 'En este equipo no hay iptables con que leer el cortafuegos.',
  'only-root-may-read-firewall':
    'Solo root puede leer el cortafuegos. Para que se mire: sudo patchbay doctor',
  'firewall-does-with-comes': ({ bridges }) =>
    `No está claro qué hace el cortafuegos con lo que viene de ${bridges}: una regla pide más de lo que aquí se sabe. Véase: sudo iptables -S`,
}
