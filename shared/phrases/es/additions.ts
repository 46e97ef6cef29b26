import type { additions as English } from '../en/additions'

export const additions: typeof English = {
  'was-taken-back': 'Se ha retirado.',
  'addition-made-but-not-afterwards': ({ kind }) => `La adición «${kind}» se hizo, pero después no está`,
  'something-else-on-computer-sets': 'Otra cosa de este equipo pone lo mismo.',
  'patchbay-added-nothing-with-id-to-computer': ({ id }) =>
    `Patchbay no ha añadido a este equipo nada con el identificador ${id}`,
  'addition-could-not-taken-away': ({ kind, message }) =>
    `La adición «${kind}» no se pudo quitar: ${message}`,
  'tried-again-with-next': 'Se intenta de nuevo con la próxima, y en el próximo arranque.',
  'program-computer-decides-about-spanning': ({ bridge }) =>
    `Un programa de este equipo decide sobre el árbol de expansión de ${bridge}.`,
  'change-it-there': 'Cámbialo ahí.',
  'firewalld-not-installed': 'firewalld no está instalado.',
  'firewalld-zone-libvirt-already': 'firewalld ya tiene la zona «libvirt».',
  'computer-own-address': ({ machine }) => `${machine} es la dirección de este mismo equipo.`,
  'computer-already-access': ({ twice }) => `Este equipo ya tiene acceso a ${twice}.`,
  'somebody-else-made-link-meanwhile': ({ name }) => `Otro ha creado entretanto un enlace ${name}.`,
  'port-where-no-macvtap-can': ({ ifname, master }) =>
    `${ifname} es un puerto de ${master}, donde no puede haber macvtap.`,
  'no-network-card-4': ({ ifname }) => `${ifname} no es una tarjeta de red.`,
  'no-ipv4-address-computer-could': ({ link }) =>
    `${link} no tiene ninguna dirección IPv4 desde la que este equipo pueda hablar con las máquinas.`,
  'route-to-already': ({ dst, dev }) => `Ya hay una ruta a ${dst} (${dev}).`,
  'no-link-with-ipv6': ({ link }) => `No hay ningún enlace ${link} con IPv6.`,
  'not-known-user-to-join': 'No se sabe qué usuario ha de entrar en el grupo «libvirt».',
  'start-patchbay-user-asks': 'Arranca Patchbay como ese usuario: él mismo pide la contraseña.',
  'user-with-number-no-name': ({ askerUid }) =>
    `El usuario con el número ${askerUid} no tiene ningún nombre que se pueda usar aquí.`,
  'add-user-hand': 'Añade el usuario a mano.',
  'install-libvirt-daemon': 'Instala el demonio de libvirt.',
  'in-group-libvirt-already': ({ user }) => `${user} ya está en el grupo «libvirt».`,
  'computer-no-link': ({ name }) => `Este equipo no tiene ningún enlace ${name}.`,
  'no-bridge': ({ name }) => `${name} no es un puente.`,
  'has-the-port': ({ bridge, ifname }) => `${bridge} tiene el puerto ${ifname}.`,
  'network-runs-uses': ({ bridge }) => `Una red en marcha usa ${bridge}.`,
  'default-route-leads-through': ({ bridge }) => `La ruta predeterminada pasa por ${bridge}.`,
  'file-already-says-something-else': ({ path }) => `Ya hay un archivo ${path}, y dice otra cosa.`,
  'look-for-remove-to-let': 'Mira para qué es; quítalo para que Patchbay ponga ahí el suyo.',
  'port-already-leads-to-another': ({ protocol, hostPort }) =>
    `El puerto ${hostPort} de ${protocol} ya lleva a otra máquina.`,
  'program-computer-listens-on-port': ({ protocol, hostPort }) =>
    `Un programa de este equipo escucha en el puerto ${hostPort} de ${protocol}.`,
  'libvirt-firewall-on-computer-form':
    'El cortafuegos de libvirt en este equipo tiene una forma que esta versión no conoce.',
  'put-machine-on-lan':
    'Pon la máquina en la LAN, o pon firewall_backend = "iptables" en /etc/libvirt/network.conf.',
  'choose-another-port': 'Elige otro puerto.',
  'not-address-machine-behind': ({ machine, bridge }) =>
    `${machine} no es la dirección de una máquina detrás de ${bridge}.`,
  'see-addresses-machines-with-patchbay': 'Mira las direcciones de las máquinas con: patchbay machines',
  'not-machine-tap': ({ tap }) => `${tap} no es el tap de una máquina.`,
  'is-a-port-of': ({ tap, master }) => `${tap} es un puerto de ${master}.`,
}
