import type { libvirt as English } from '../en/libvirt'

export const libvirt: typeof English = {
  'libvirt-said': ({ said }) => `libvirt: ${said}`,
  'no-machine-called': ({ name }) => `En libvirt no hay ninguna máquina llamada «${name}».`,
  'no-network-called': ({ name }) => `En libvirt no hay ninguna red llamada «${name}».`,
  'list-with': ({ command }) => `Enumera lo que hay con: ${command}`,
  'libvirt-daemon-asks-for-user':
    'Este demonio de libvirt pide un nombre de usuario y una contraseña (SASL), cosa que Patchbay no admite.',
  'set-auth-unix-rw-polkit': 'Pon auth_unix_rw = "polkit" en /etc/libvirt/libvirtd.conf y reinicia libvirtd.',
  'libvirt-did-not-answer': 'libvirt no respondió a tiempo.',
  'daemon-may-busy-or-hang':
    'Puede que el demonio esté ocupado o colgado; mira su registro (journalctl -u libvirtd) e inténtalo de nuevo.',
  'connection-to-libvirt-closed': 'La conexión con libvirt se cerró.',
  'libvirt-answered-something-not-asked': 'libvirt respondió algo que no se había preguntado.',
  'check-socket-belongs-to-libvirt':
    'Comprueba que el socket pertenece a un demonio de libvirt, y reinicia ese demonio.',
  'root-no-libvirt-session-qemu':
    'root no tiene sesión de libvirt: qemu:///session es la propia de un usuario corriente.',
  'use-qemu-system': 'Usa qemu:///system.',
  'add-yourself-to-group-libvirt':
    'Añádete al grupo libvirt (sudo usermod -aG libvirt "$USER"), cierra la sesión y vuelve a entrar.',
  'no-reason-given': 'no se da ningún motivo',
  'libvirt-does-not-let-do': ({ said }) => `libvirt no te deja hacer eso: ${said}`,
  'libvirt-lost-connection-to-hypervisor': 'libvirt perdió su conexión con el hipervisor.',
  'attempt-to-connect-to-libvirt': 'Se abandonó el intento de conectar con libvirt.',
  'libvirt-runs-without-network-daemon': 'libvirt está en marcha sin su demonio de redes.',
  'start-sudo-systemctl-start-virtnetworkd':
    'Arráncalo: sudo systemctl start virtnetworkd.socket (paquete libvirt-daemon-driver-network).',
  'libvirt-sent-packet-impossible-length': 'libvirt envió un paquete de longitud imposible.',
  'no-libvirt-daemon-on-computer':
    'En este equipo no hay ningún demonio de libvirt que pueda atender tu sesión.',
  'install-debian-ubuntu-libvirt-daemon':
    'Instala uno (Debian, Ubuntu: libvirt-daemon; Fedora: libvirt-daemon-driver-qemu).',
  'session-libvirt-daemon-does': 'El demonio de libvirt de tu sesión no arranca.',
  'start-hand-to-see-why': ({ daemon }) => `Arráncalo a mano para ver por qué: ${daemon} --timeout=120`,
  'may-not-use-libvirt': ({ host }) => `Todavía no puedes usar libvirt en ${host}.`,
  'add-user-to-group-libvirt': ({ user }) =>
    `Añade allí tu usuario al grupo libvirt: sudo usermod -aG libvirt ${user}`,
  'ssh-could-not-started': 'No se pudo arrancar ssh.',
  'install-debian-ubuntu-openssh-client': 'Instálalo (Debian, Ubuntu: openssh-client).',
  'shows-another-key-than-ssh': ({ host }) => `${host} muestra otra clave que la que ssh conoce de él.`,
  'if-know-why-forget-old': ({ host, byHand }) =>
    `Si sabes por qué, olvida la antigua con «ssh-keygen -R ${host}» y entra una vez en una terminal: ${byHand}`,
  'ssh-does-not-know-yet': ({ host }) => `ssh todavía no conoce ${host}.`,
  'log-in-once-in-terminal': ({ byHand }) => `Entra una vez en una terminal y compara su clave: ${byHand}`,
  'does-not-let': ({ host }) => `${host} no te deja entrar.`,
  'key-ssh-copy-id': ({ byHand }) =>
    `Pon una clave allí (ssh-copy-id) y en tu agente (ssh-add), hasta que esto no pregunte nada: ${byHand}`,
  'ssh-no-connection': ({ host }) => `ssh no tiene conexión con ${host}.`,
  'see-whether-can-log': ({ byHand }) => `Mira si puedes entrar a mano: ${byHand}`,
  'no-program-leads-ssh': ({ host }) => `${host} no tiene ningún programa que lleve ssh hasta libvirt.`,
  'install-libvirt-daemon-brings-virt':
    'Instala allí el demonio de libvirt, que trae virt-ssh-helper, o netcat-openbsd.',
  'no-libvirt-daemon-answers': ({ host }) => `Ningún demonio de libvirt responde en ${host}.`,
  'start-sudo-systemctl-start-libvirtd':
    'Arráncalo allí: sudo systemctl start libvirtd, o virtqemud.socket y virtnetworkd.socket.',
  'connection-to-libvirt-on-lost': ({ host }) => `Se perdió la conexión con libvirt en ${host}.`,
  'see-whether-libvirt-still-runs': ({ ssh }) => `Mira si libvirt sigue en marcha allí: ${ssh} virsh list`,
  'may-not-use-libvirt-on-computer': 'Todavía no puedes usar libvirt en este equipo.',
  'no-libvirt-daemon-answers-on-computer': 'Ningún demonio de libvirt responde en este equipo.',
  'connection-to-libvirt-lost': 'Se perdió la conexión con libvirt.',
  'start-sudo-systemctl-start-virtqemud':
    'Arráncalo: sudo systemctl start virtqemud.socket virtnetworkd.socket.',
  'start-sudo-systemctl-start-libvirtd-if':
    'Arráncalo: sudo systemctl start libvirtd. Si libvirt aún no está instalado, instálalo antes (libvirt-daemon-system).',
  'start-for-example-with-virsh': 'Arráncalo, por ejemplo con: virsh -c qemu:///session list.',
  'use-qemu-system-qemu-session': 'Usa qemu:///system, qemu:///session o qemu+ssh://usuario@equipo/system.',
  'no-libvirt-uri': ({ text }) => `«${text}» no es una URI de libvirt.`,
  'patchbay-works-with-qemu-kvm': 'Patchbay solo trabaja con máquinas QEMU/KVM.',
  'names-two-transports': ({ scheme }) => `«${scheme}» nombra dos transportes`,
  'libvirt-uris-none': 'las URI de libvirt no tienen ninguno',
  'unix-socket-on-computer': ({ authority }) =>
    `un socket Unix está en este equipo; para «${authority}» usa qemu+ssh://`,
  'neither-system-nor-session': ({ path }) => `«${path}» no es ni /system ni /session`,
  'ssh-needs-to-know-computer': 'ssh necesita saber qué equipo',
  'no-name-or-address': ({ text }) => `«${text}» no es un nombre ni una dirección`,
  'not-between-1-65535': ({ text }) => `«${text}» no está entre 1 y 65535`,
  'password-no-place-in-uri': 'una contraseña no tiene sitio en una URI; ssh la pide',
  'no-user-name': ({ user }) => `«${user}» no es un nombre de usuario`,
  'has-a-stray': ({ text }) => `«${text}» tiene un % suelto`,
  'given-twice': 'se da dos veces',
  'no-absolute-path': ({ value }) => `«${value}» no es una ruta absoluta`,
  'path-socket-at-most-bytes': ({ most }) => `la ruta de un socket tiene como mucho ${most} bytes`,
  'neither-0-nor-1': ({ value }) => `«${value}» no es ni 0 ni 1`,
  'patchbay-knows-no-such-parameter': ({ known }) => `Patchbay no conoce aquí ese parámetro, solo ${known}`,
  'libvirt-uri-wrong': ({ uri, field, problem }) =>
    `La URI de libvirt «${uri}» está mal en su ${field}: ${problem}.`,
  'patchbay-cannot-connect': ({ uri, message }) => `Patchbay no puede conectar con «${uri}». ${message}`,
  'does-not-speak-tls':
    'No habla TLS con libvirt (que es también lo que significa un equipo sin transporte).',
  'plain-tcp-neither-encrypted-nor': 'TCP sin más no va cifrado ni autenticado.',
  'uses-ssh-program-with-own': 'Usa el programa ssh, con sus propias claves, agente y configuración.',
  'knows-no-transport': ({ transport }) => `No conoce ningún transporte «${transport}».`,
  'use-qemu-ssh': ({ who, scope }) => `Usa qemu+ssh://${who}/${scope}.`,
  'libvirt-sent-message-does': 'libvirt envió un mensaje que no sigue su protocolo.',
  'text-bytes-too-long': ({ length, most }) =>
    `Un texto de ${length} bytes es demasiado largo para libvirt, que admite ${most}.`,
  'libvirt-sent-not-valid-xml': ({ name }) => `libvirt envió un <${name}> que no es XML válido.`,
  'look-at-with-virsh-dumpxml': 'Míralo con virsh dumpxml o net-dumpxml.',
}
