import type { ifupdown as English } from '../en/ifupdown'

export const ifupdown: typeof English = {
  'inherits-options': ({ nic }) => `La sección de ${nic} toma sus opciones de otra («inherits»)`,
  'is-template': ({ nic }) => `La sección de ${nic} es plantilla de otras («inherits»)`,
  'address-by-client': ({ nic, client }) =>
    `${nic} tiene su dirección por ${client}, y Patchbay solo puede llevarse una concesión de dhclient`,
  'no-dhcp-client': 'ningún cliente DHCP',
  'and-try-again': ({ what }) => `${what} e inténtalo de nuevo.`,
  'etc-network-interfaces-no-stanza': ({ nic }) =>
    `/etc/network/interfaces no tiene ninguna sección «iface ${nic} …»`,
  'write-with-card-own-name': 'Escribe una, con el nombre de la propia tarjeta, e inténtalo de nuevo.',
  'add-with-settings-mac-address': ({ bridge, nic }) =>
    `Añadir ${bridge} con los ajustes de ${nic}, su dirección MAC, sin árbol de expansión`,
  'comment-out-stanzas-undo-puts': ({ nic }) =>
    `Comentar las secciones de ${nic}; deshacer las devuelve byte a byte`,
  'commands-in-if-up-d':
    'Las órdenes de if-up.d no las ejecuta el propio cambio, sino desde el próximo arranque.',
  'files-put-back-byte': ({ nic, bridge }) =>
    `Los archivos se devuelven byte a byte, y ${nic} tiene otra vez su red; ${bridge} se quita.`,
  'file-too-many': ({ path }) => `${path} es un archivo de más`,
  'no-text-file': ({ path }) => `${path} no es un archivo de texto`,
  'cannot-read': ({ path }) => `${path} no se puede leer`,
  'cannot-followed': ({ word, pattern }) => `«${word} ${pattern}» no se puede seguir`,
  'cannot-read-2': ({ folder }) => `${folder} no se puede leer`,
  'ifupdown-configuration-cannot-read': ({ nic, obstacle }) =>
    `La configuración de ifupdown para ${nic} no se puede leer entera: ${obstacle}`,
  'name-files-plainly-in-etc':
    'Nombra los archivos sin rodeos en /etc/network/interfaces, y deja que todos los lean.',
  'ifupdown-does-not-understand-line': ({ file, line, nic, text }) =>
    `ifupdown no entiende ${file}, línea ${line}, así que no es seguro lo que dice de ${nic}: ${text}`,
  'correct-line-ifquery-list-complains':
    'Corrige la línea («ifquery --list» se queja mientras esté mal) e inténtalo de nuevo.',
  'no-stanza-iface-in-ifupdown': ({ nic }) =>
    `${nic} no tiene ninguna sección «iface ${nic} …» en la configuración de ifupdown`,
  'give-bring-up-ifup-try': 'Dale una, actívala con ifup e inténtalo de nuevo.',
  'mapping-script-chooses-stanza': ({ nic }) => `Un script «mapping» elige la sección de ${nic}`,
  'brought-up-stanza-not-own': ({ nic, other }) => `A ${nic} la activa la sección «${other}», no la suya`,
  'name-stanza-iface-try-again': ({ nic }) => `Llama a su sección «iface ${nic} …» e inténtalo de nuevo.`,
  'ifupdown-renames-rename': ({ nic, renamed }) =>
    `ifupdown cambia el nombre de ${nic} («rename ${renamed}»)`,
  'chooses-links-only-ifupdown-can': ({ pattern }) =>
    `«${pattern}» elige enlaces por algo que solo ifupdown puede saber`,
  'name-links-instead-auto-try': ({ nic }) => `Nombra los enlaces («auto ${nic}») e inténtalo de nuevo.`,
  'write-options-out-try-again': 'Escribe sus opciones e inténtalo de nuevo.',
  'stanza-iface-cannot-moved': ({ nic, family, method }) =>
    `La sección «iface ${nic} ${family} ${method}» no se puede pasar a un puente`,
  'let-router-word-do-iface': ({ nic }) =>
    `Deja que valga la palabra del router («iface ${nic} inet6 auto») e inténtalo de nuevo; o crea el puente a mano (Patchbay lo usa entonces).`,
  'make-bridge-hand-patchbay-then': 'Crea el puente a mano (Patchbay lo usa entonces), o usa NAT.',
  'install-isc-dhcp-client-bring':
    'Instala isc-dhcp-client y activa la tarjeta de nuevo, o crea el puente a mano (Patchbay lo usa entonces).',
  'signs-in-to-wi-fi':
    'autentica en una red Wi-Fi o 802.1X, cosa que el puerto de un puente no puede hacer para las máquinas',
  'makes-part-bond': 'la hace parte de un agregado',
  'makes-bridge': 'la convierte en un puente',
  'makes-part-another-switch': 'la hace parte de otro conmutador',
  'starts-dial-up-or-vpn': 'inicia una conexión por marcado o VPN',
  'the-option-of': ({ name, nic, role }) => `La opción «${name}» de ${nic} ${role}`,
  'choose-another-network-card': 'Elige otra tarjeta de red con --nic, o usa NAT.',
  'in-alias': ({ name, file, nic }) => `${name} en ${file} es un alias de ${nic}`,
  'give-further-addresses-more-stanzas': ({ nic }) =>
    `Dale a ${nic} sus demás direcciones con más secciones «iface ${nic} inet static» e inténtalo de nuevo.`,
  'stanza-in-uses': ({ name, file, nic, option, value }) =>
    `La sección de ${name} en ${file} usa ${nic}: «${option} ${value}»`,
  'patchbay-changes-no-other-stanzas':
    'Patchbay no cambia otras secciones: mueve la línea, o crea el puente a mano.',
  'the-line-of': ({ name, value, nic, message }) => `La línea «${name} ${value}» de ${nic} ${message}`,
  'starts-program-looks-after-network': 'inicia un programa que se ocupa él mismo de la red',
  'use-ifupdown-own-methods-instead': 'Usa en su lugar los métodos propios de ifupdown',
  'sets-card-network-at-once': 'pone la tarjeta y su red a la vez',
  'split-into-line-for-each': 'Divídela en una línea para cada cosa',
  'names-in-way-patchbay-does': ({ nic }) => `nombra ${nic} de un modo que Patchbay no entiende`,
  'write-iface': 'Escribe ahí $IFACE',
  'a-line': ({ word }) => `una línea «${word}»`,
  'name-used-already-in-ifupdown': ({ bridge, holder }) =>
    `El nombre ${bridge} ya se usa en la configuración de ifupdown (${holder})`,
  'give-bridge-another-name': 'Dale otro nombre al puente con --name.',
}
