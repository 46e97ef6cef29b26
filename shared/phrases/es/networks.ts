import type { networks as English } from '../en/networks'

export const networks: typeof English = {
  'stopped-network': ({ name }) => `la red ${name}, que está parada`,
  'mtu-range': ({ least, most }) => `Usa un número de ${least} a ${most}.`,
  'mtu-range-ipv6': ({ least, most }) => `Usa un número de ${least} a ${most}, ya que lleva IPv6.`,
  'change-with-net-edit': ({ name }) => `Cámbialas con: virsh net-edit ${name}`,
  'ipv6-out-first-or': ({ name }) => `Quítalas antes (--ipv6 off), o cámbialas con: virsh net-edit ${name}`,
  'several-subnets': ({ name, count, family, subnets }) =>
    `La red ${name} tiene ${count} subredes ${family}, ${subnets.join(' y ')}: no está claro cuál cambiar.`,
  'leases-stranded': ({ leases }) => `Sin ella no tienen sitio las concesiones fijas: ${leases}.`,
  'leases-stranded-in': ({ leases }) => `En esa subred no tienen sitio las concesiones fijas: ${leases}.`,
  'routes-stranded': ({ name, gateways }) =>
    `Las rutas fijas de ${name} pasan por ${gateways}, que sin ella no tiene sitio.`,
  'routes-stranded-in': ({ name, gateways, subnet }) =>
    `Las rutas fijas de ${name} pasan por ${gateways}, que no tiene sitio en esa subred (${subnet}).`,
  'started-as-before-failed': ({ message, name, second }) =>
    `${message} También falló arrancar ${name} como estaba antes: ${second}`,
  'network-runs-as-before': ({ name }) => `La red ${name} está en marcha como antes.`,
  'write-like-192-168-150':
    'Escríbela como 192.168.150.0/24, con un prefijo de 8 a 30; déjala vacía para una libre.',
  'this-host': 'este equipo',
  'the-loopback': 'el bucle local',
  'addresses-hosts-give-themselves': 'direcciones que los equipos se dan a sí mismos',
  'nobody-yet': 'nadie todavía',
  'no-ipv4-subnet': ({ text }) => `«${text}» no es una subred IPv4.`,
  'subnet-with-prefix-no-room': ({ prefix }) =>
    `Una subred con el prefijo /${prefix} no tiene sitio para una red.`,
  'reserved-for': ({ cidr, purpose }) => `${cidr} está reservada para ${purpose}.`,
  'broadcast-address': ({ ip, cidr }) => `${ip} es la dirección de difusión de ${cidr}.`,
  'every-private-subnet-patchbay-proposes':
    'Todas las subredes privadas que Patchbay propone están en uso aquí.',
  'name-yourself': 'Nombra una tú.',
  'overlaps-with-uses': ({ cidr, other, by }) => `${cidr} se solapa con ${other}, que usa ${by}.`,
  'choose-another': 'Elige otra.',
  'free-for-instance': ({ free }) => `Libre está, por ejemplo, ${free}.`,
  'write-first-last-for-instance': ({ example }) =>
    `Escríbelo como PRIMERA-ÚLTIMA, por ejemplo ${example}, o «off».`,
  'no-range-addresses': ({ text }) => `«${text}» no es un rango de direcciones.`,
  'no-machine-address-in-subnet': ({ ip, cidr }) =>
    `${ip} no es dirección de ninguna máquina en la subred ${cidr}.`,
  'ends-before-begins': ({ text }) => `${text} termina antes de empezar.`,
  'host-own-address-lies': ({ host, text }) =>
    `${host}, la dirección del propio equipo, está en el rango ${text}.`,
  'use-auto-for-private-subnet':
    'Usa «auto» para una subred privada propia, o una /64 como fd12:3456:789a::/64.',
  'all-private-ipv6-addresses': 'Todas las direcciones IPv6 privadas están en uso aquí.',
  'name-64-yourself': 'Nombra tú una /64.',
  'no-ipv6-subnet': ({ text }) => `«${text}» no es una subred IPv6.`,
  'machines-make-own-addresses-out': 'Las máquinas solo se dan direcciones a partir de una /64.',
  'neither-private-nor-global-subnet': ({ cidr }) => `${cidr} no es una subred privada ni global.`,
  'cannot-mtu': ({ text }) => `«${text}» no puede ser la MTU.`,
  'network-no-saved-definition-takes': ({ name }) =>
    `La red ${name} no tiene definición guardada, así que no se puede cambiar lo que vale desde su próximo arranque.`,
  'create-again-way-want': 'Créala de nuevo como la quieras.',
  'subnet-or-dhcp-range-changed': ({ name }) =>
    `La subred o el rango DHCP de ${name} se cambió, y eso espera al próximo arranque de la red.`,
  'restart-first': 'Rearráncala antes.',
  'restart-first-patchbay-network-restart': ({ name }) =>
    `Rearráncala antes: patchbay network restart ${name}`,
  'network-no-saved-definition-cannot': ({ name }) =>
    `La red «${name}» no tiene definición guardada, así que no puede arrancar sola.`,
  'route-on': ({ via, by }) => `una ruta por ${via} en ${by}`,
  'name-server': ({ ip }) => `el servidor de nombres ${ip}`,
  'bridge-network': ({ wanted, name }) => `${wanted} es el puente de la red ${name}.`,
  'host-link-named-already': ({ wanted }) => `El equipo ya tiene un enlace llamado ${wanted}.`,
  'make-with-patchbay-bridge-create': 'Crea uno con: patchbay bridge create',
  'plug-machines-into-network-patchbay': ({ name }) =>
    `Conecta las máquinas a esa red: patchbay connect MÁQUINA network:${name}`,
  'plug-machines-into-network': 'Conecta las máquinas a esa red.',
  'belongs-to-network-itself': ({ bridge, name }) => `${bridge} pertenece a la propia red ${name}.`,
  'not-bridge-2': ({ bridge }) => `${bridge} no es un puente.`,
  'host-no-bridge-named': ({ bridge }) => `El equipo no tiene ningún puente llamado ${bridge}.`,
  'host-no-uplink-machines-could': 'Este equipo no tiene ninguna salida en la que puedan estar las máquinas.',
  'named-twice-2': ({ twice }) => `${twice} se nombra dos veces.`,
  'name-each-network-card-once': 'Nombra cada tarjeta de red una vez.',
  'use-nat-or-routed-network': 'Usa una red NAT o enrutada.',
  'wi-fi-whose-access-point': ({ name }) =>
    `${name} es Wi-Fi, cuyo punto de acceso solo admite una dirección MAC.`,
  'carries-no-ethernet-no-machine': ({ name }) =>
    `${name} no lleva Ethernet, así que ninguna máquina puede estar en él.`,
  'make-bridged-network-over-instead': ({ master }) => `Crea en su lugar una red de puente sobre ${master}.`,
  'make-network-over-bridge-instead': ({ master }) =>
    `Crea en su lugar una red sobre el puente: --kind bridge --bridge ${master}`,
  'port-no-machine-can-sit': ({ name, master }) =>
    `${name} es un puerto de ${master}, así que ninguna máquina puede estar en él.`,
  'such-network-leads-out-through': 'Una red así sale por un solo enlace.',
  'name-one': 'Nombra uno.',
  'links-bridges-cannot-seen': ({ hostname }) =>
    `Desde aquí no se ve qué enlaces y puentes tiene ${hostname}.`,
  'run-patchbay-over-for-network': 'Ejecuta Patchbay allí para una red que se apoye en uno de ellos.',
  'host-no-link-named': ({ name }) => `El equipo no tiene ningún enlace llamado ${name}.`,
  'name-host-shows': 'Nombra uno que muestre Este equipo.',
  'see-with-patchbay-status': 'Mira lo que hay con: patchbay status',
  'use-letters-digits-dots-hyphens': 'Usa letras, cifras, puntos, guiones y guiones bajos.',
  'network-name-cannot-empty-nor':
    'El nombre de una red no puede estar vacío, ni empezar o acabar con un espacio.',
  'control-characters': 'caracteres de control',
  'network-name-cannot-contain': ({ shown }) => `El nombre de una red no puede contener ${shown}.`,
  'network-name-cannot-longer': ({ most }) => `El nombre de una red no puede pasar de ${most} bytes.`,
  'cannot-name-network-link': ({ name }) => `«${name}» no puede ser el nombre de un enlace de red.`,
  'use-up-to-15-letters':
    'Usa hasta 15 letras, cifras, puntos, guiones y guiones bajos, empezando por una letra.',
  'no-name-in-dns': ({ name }) => `«${name}» no es un nombre en DNS.`,
  'use-letters-digits-hyphens':
    'Usa letras, cifras y guiones, con puntos entre las partes, por ejemplo lab.example.',
  'must-begin-with-letter': ({ name }) => `«${name}» debe empezar por una letra.`,
  'take-another-name': 'Toma otro nombre.',
  'mac-looks-like-52-54': 'Una MAC es como 52:54:00:12:34:56; la tarjeta de cada máquina muestra la suya.',
  'no-mac-address': ({ text }) => `«${text}» no es una dirección MAC.`,
  'belongs-to-no-single-network': ({ mac }) => `${mac} no pertenece a una sola tarjeta de red.`,
  'machines-no-connection-look': ({ name }) =>
    `Sus máquinas no tienen conexión. Mírala con: virsh net-dumpxml ${name}`,
  'changed-in-still-saved-change':
    'Lo que se cambió en ella sigue guardado: cámbialo de nuevo antes del próximo rearranque.',
  'remove-first-2': 'Quítalas antes.',
  'remove-first-patchbay-network-lease-remove': ({ name }) =>
    `Quítalas antes: patchbay network lease remove ${name} DIRECCIÓN`,
  'take-route-out-first-virsh': ({ name }) => `Quita antes <route>: virsh net-edit ${name}`,
  'make-bridge-first': 'Crea antes uno.',
  'no-more-addresses': ({ most }) => `libvirt no reparte más de ${most} direcciones.`,
  'a-vpn': ({ name }) => `una VPN (${name})`,
}
