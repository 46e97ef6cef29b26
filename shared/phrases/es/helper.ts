import type { helper as English } from '../en/helper'

export const helper: typeof English = {
  'router-dhcp-did-not-answer': ({ link }) => `El DHCP del router no respondió por ${link}`,
  'profile-had-before-no-longer': ({ id, nic }) => `El perfil «${id}» que ${nic} tenía antes ya no existe`,
  'make-profile-for-activate-delete': ({ nic, bridge }) =>
    `Haz un perfil para ${nic}, actívalo y borra a mano patchbay-${bridge} y su puerto.`,
  'networkmanager-knows-no-link': ({ link }) => `NetworkManager no conoce ningún enlace ${link}`,
  'another-program-changing-network-card':
    'Otro programa está cambiando esta tarjeta de red y todavía puede revertirlo',
  'wait-until-ended-change': 'Espera a que termine; un cambio que no se confirma se revierte solo.',
  'networkmanager-could-not-activate': ({ what }) => `NetworkManager no pudo activar «${what}»`,
  'did-not-get-addresses-back': ({ link }) => `${link} no recuperó sus direcciones`,
  'kernel-did-not-make-port': ({ nic, bridge, reason }) =>
    `El núcleo no hizo de ${nic} un puerto de ${bridge}: ${reason}`,
  'another-link-frames-such-container': ({ nic }) =>
    `Otro enlace tiene las tramas de ${nic}, como el macvlan de un contenedor: detén lo que lo usa e inténtalo de nuevo.`,
  'request-not-utf-8': 'La petición no está en UTF-8',
  'caller-sent-line-makes': 'Quien llamó envió una línea sin sentido',
  'asked-to-take-change-back': 'Se pidió revertir el cambio',
  'caller-wanted-to-keep-change': 'Quien llamó quería conservar el cambio antes de que se le preguntara',
  'request-longer-than-bytes': ({ most }) => `La petición tiene más de ${most} bytes`,
  'request-missing-standard-input-ended':
    'Falta la petición: la entrada estándar terminó antes de su primera línea',
  'caller-closed-end-before-change': 'Quien llamó cerró su extremo antes de que el cambio se conservara',
  'helper-stopped': ({ signal }) => `Al ayudante lo detuvo ${signal}`,
  'no-request-arrived': 'No llegó ninguna petición',
  'request-no-json': 'La petición no es JSON',
  'not-folder-or-lies-behind': ({ path }) =>
    `${path} no es una carpeta, o está detrás de un enlace que root no hizo`,
  'find-out-who-made-patchbay': 'Averigua quién lo hizo; Patchbay no escribe nada ahí.',
  'not-folder-belongs-to-root': ({ path }) => `${path} no es una carpeta solo de root`,
  'remove-try-again': 'Quítala e inténtalo de nuevo.',
  'program-flock-not-installed': 'El programa «flock» no está instalado',
  'install-package-util-linux': 'Instala el paquete util-linux.',
  'not-file-belongs-to-root': ({ folder, file }) => `${folder}/${file} no es un archivo solo de root`,
  'another-host-change-under-way': 'Hay en curso otro cambio del equipo',
  'wait-until-ended-takes': 'Espera a que termine; no tarda más que su tiempo preparado.',
  'free-some-space-or-install':
    'Libera ahí algo de espacio, o instala Node.js de tu distribución (Debian, Ubuntu: sudo apt install nodejs) e inténtalo de nuevo.',
  'nothing-on-computer-could-take': 'Nada en este equipo podría revertir el cambio si se interrumpiera',
  'patchbay-needs-systemd-or-networkmanager':
    'Patchbay necesita para eso systemd o NetworkManager. Usa NAT, o crea el puente a mano.',
  'helper-could-not-read-own': 'El ayudante no pudo leer su propio archivo al arrancar',
  'try-again-if-does': 'Inténtalo de nuevo; si no sirve, instala Patchbay otra vez.',
  'belong-to-root-closed': 'Haz que pertenezca a root, y que nadie más pueda escribir en él.',
  'helper-changes-host-network-must':
    'El ayudante cambia la red del equipo, así que debe arrancarse como root',
  'let-patchbay-start-asks': 'Deja que lo arranque Patchbay: él pide la contraseña.',
  'helper-takes-exactly-verb': 'El ayudante toma exactamente un verbo',
  'one-of': ({ verbs }) => `Uno de: ${verbs}.`,
}
