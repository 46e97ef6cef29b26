import type { managers as English } from '../en/managers'

export const managers: typeof English = {
  'route-to-several-hops-over': ({ to, link }) =>
    `La ruta a ${to} tiene varios saltos, uno de ellos por ${link}, y una ruta así todavía no se puede pasar`,
  'set-with-hop-ip-route': ({ to }) => `Ponla con un solo salto (ip route replace ${to} via …), o usa NAT.`,
  'route-to-goes-nexthop-object': ({ to, link }) =>
    `La ruta a ${to} va por un objeto nexthop sobre ${link}, y una ruta así todavía no se puede pasar`,
  'set-without-ip-route-replace': ({ to, via, link }) =>
    `Ponla sin él (ip route replace ${to} via ${via} dev ${link}), o usa NAT.`,
  'cannot-told-who-manages': ({ nic }) => `No se puede saber quién gestiona ${nic}`,
  'connect-with-networkmanager-systemd-networkd':
    'Conéctala antes con NetworkManager, systemd-networkd, netplan o ifupdown, o usa NAT.',
  'networkmanager-answer-to-makes': ({ member }) =>
    `La respuesta de NetworkManager a ${member} no tiene sentido`,
  'no-networkmanager-profile-active': ({ nic }) => `Ningún perfil de NetworkManager está activo en ${nic}`,
  'connect-first-nmcli-device-connect': ({ nic }) => `Conéctala antes: nmcli device connect ${nic}`,
  'profile-signs-in-802-1x': ({ id, nic }) =>
    `El perfil «${id}» de ${nic} se autentica por 802.1X, cosa que el puerto de un puente no puede hacer para las máquinas que tiene detrás`,
  'profile-type-not-wired-connection': ({ id, nic, type }) =>
    `El perfil «${id}» de ${nic} es del tipo ${type}, no una conexión por cable, un agregado ni una VLAN`,
  'shares-computer-connection-with-others': ({ nic, id }) =>
    `${nic} comparte la conexión de este equipo con otros (perfil «${id}»); no lleva a una LAN`,
  'choose-network-card-leads': 'Elige con --nic la tarjeta de red que lleva a la LAN.',
  'profile-for-port-profile': ({ port, profile, nic }) =>
    `El perfil «${port}» es para un puerto del perfil «${profile}», no del enlace ${nic}`,
  'let-name-link-try-again': ({ uuid, nic }) =>
    `Haz que nombre el enlace e inténtalo de nuevo: nmcli connection modify ${uuid} master ${nic}`,
  'vpn-runs-over-networkmanager-end': ({ id, nic }) =>
    `La VPN «${id}» va por ${nic}, y NetworkManager la terminaría junto con la conexión de la tarjeta`,
  'disconnect-nmcli-connection-down-id': ({ id }) =>
    `Desconéctala (nmcli connection down id "${id}"), crea el puente y conéctala de nuevo.`,
  'set-hand-not-in-profile': 'se puso a mano y no está en el perfil',
  'other-profiles-for-rest-meanwhile': ({ nic, rivals }) =>
    `Otros perfiles de ${nic} descansan entretanto: ${rivals}.`,
  'highest-priority-too-profile-used': ({ id }) =>
    `«${id}» tiene también la prioridad más alta; en el próximo arranque gana el perfil usado el último.`,
  'networkmanager-attaches-ports-anew-network': ({ nic }) =>
    `NetworkManager vuelve a unir los puertos de ${nic}, así que la red puede faltar unos segundos.`,
  'add-profile-for-bridge-ip': ({ bridge, id, mac }) =>
    `Añadir un perfil para el puente ${bridge}: los ajustes IP de «${id}», MAC ${mac}, sin árbol de expansión`,
  'add-profile-makes-port': ({ nic }) => `Añadir un perfil que hace de ${nic} su puerto`,
  'activate-both-stays-rests': ({ id }) => `Activar los dos; «${id}» queda como está y descansa`,
  'profile-activated-again-with-two': ({ id, bridge }) =>
    `El perfil «${id}» se activa de nuevo, y ${bridge} con sus dos perfiles se quita.`,
  'systemd-networkd-no-configuration-file': ({ nic }) =>
    `systemd-networkd no tiene ningún archivo de configuración para ${nic}`,
  'configure-card-with-network-file': 'Configura antes la tarjeta con un archivo .network o netplan.',
  'no-file-can-come': ({ path, nic }) =>
    `Ningún archivo puede ir antes de ${path}, que tiene ${nic}, en el orden de los nombres`,
  'give-file-name-begins':
    'Dale al archivo un nombre que empiece por un número más alto, e inténtalo de nuevo.',
  'cannot-go-along-to-bridge': ({ path, nic, obstacle }) =>
    `${path} de ${nic} tiene ${obstacle}, que no puede pasar a un puente`,
  'take-out-file-first-choose': 'Quítalo antes del archivo, elige otra tarjeta de red con --nic, o usa NAT.',
  'set-hand': ({ path }) => `se puso a mano y no está en ${path}`,
  'add-bridge-with-mac-address': ({ bridge, nic }) =>
    `Añadir el puente ${bridge} con la dirección MAC de ${nic}, sin árbol de expansión`,
  'give-network-settings-stays': ({ path }) => `Darle los ajustes de red de ${path}, que queda como está`,
  'make-port': ({ nic }) => `Hacer de ${nic} su puerto`,
  'netplan-own-files-stay-bridge':
    'Los archivos propios de netplan quedan como están; los del puente van antes de los que netplan hace con ellos.',
  'three-files-removed-own-file': ({ bridge, nic }) =>
    `Los tres archivos y ${bridge} se quitan, y ${nic} tiene otra vez su propio archivo.`,
  'policy-rule-goes-link': ({ priority, nic, why }) =>
    `La regla de encaminamiento ${priority} depende del enlace ${nic}; ${why}`,
  'let-go-addresses-instead': ({ family, priority }) =>
    `Haz que dependa de direcciones, o quítala antes (ip -${family} rule delete priority ${priority}) y añádela después para el puente.`,
  'not-hold-for-bridge': 'no valdría para el puente',
  'from-router-but-no-known': ({ nic, ip }) =>
    `${nic} tiene ${ip} de un router, pero ningún gestor de red conocido la pide, así que nadie la renovaría en el puente`,
  'let-networkmanager-systemd-networkd-netplan':
    'Haz que NetworkManager, systemd-networkd, netplan o ifupdown gestione la tarjeta, o dale una dirección fija.',
  'make-with-mac-address': ({ bridge, nic }) =>
    `Crear ${bridge} con la dirección MAC de ${nic}, sin árbol de expansión`,
  'make-port-move-addresses-routes': ({ nic, bridge }) =>
    `Hacer de ${nic} su puerto, y pasar sus direcciones y rutas a ${bridge}`,
  'addresses-routes-move-back': ({ nic, bridge }) =>
    `Direcciones y rutas vuelven a ${nic}, y ${bridge} se quita; un reinicio hace lo mismo.`,
}
