import type { operations as English } from '../en/operations'

export const operations: typeof English = {
  'fix-of': ({ problem }) => `Arreglar: ${problem}`,
  'undo-of': ({ changes }) => `Deshacer: ${changes}`,
  'done-these': ({ changes }) => `Hecho: ${changes}.`,
  'patchbay-cannot-fix': ({ problem }) => `${problem} Patchbay no puede arreglar eso.`,
  'for-one-bridge': ({ bridge, step }) => `${bridge}: ${step}`,
  'moved-so-many': ({ count }) => (count === 1 ? '1 movida' : `${count} movidas`),
  'running-one': ({ name }) => `${name} (en marcha)`,
  'seen-ago': ({ count, unit }) =>
    `vista hace ${count} ${unit === 'days' ? (count === 1 ? 'día' : 'días') : unit}`,
  'seen-just-now': 'vista ahora mismo',
  'leased-from-libvirt': ({ ip }) => `Su dirección es ${ip}, concedida por libvirt`,
  'guest-agent-says': ({ ip }) => `Su dirección es ${ip}, según su agente`,
  'where-it-answers': ({ ip }) => `Su dirección es ${ip}, donde responde`,
  'address-and-age': ({ address, age }) => `${address}, ${age}.`,
  'no-address-seen':
    'No se vio allí ninguna dirección suya: puede que la tenga fija, que necesite más tiempo o que no haya notado que se le quitó el cable.',
  'the-network': ({ network }) => `la red ${network}`,
  'the-lan': ({ bridge }) => `la LAN (${bridge})`,
  'the-bridge': ({ bridge }) => `el puente ${bridge}`,
  'by-macvtap': ({ link, mode }) => `${link} por macvtap (${mode})`,
  'part-of-place': ({ place, part }) => `${place} (${part})`,
  'network-in-force': ({ name, now }) => `La red ${name} está cambiada, en vigor ya: ${now}.`,
  'network-from-next-start': ({ name, later }) =>
    `La red ${name} está cambiada, desde su próximo arranque: ${later}.`,
  'network-in-force-and-later': ({ name, now, later }) =>
    `La red ${name} está cambiada, en vigor ya: ${now}, y desde su próximo arranque: ${later}.`,
  'network-created-and-started': ({ name, what }) => `La red ${name} está creada y arrancada: ${what}.`,
  'network-created': ({ name, what }) => `La red ${name} está creada: ${what}.`,
  'check-finds-nothing': ({ check }) => `La comprobación ${check} no encuentra nada ahora.`,
  'check-finds-nothing-about': ({ check, subject }) =>
    `La comprobación ${check} no encuentra nada sobre ${subject} ahora.`,
  'fixed-nothing-for': ({ check }) => `Patchbay no ha arreglado nada para la comprobación ${check}.`,
  'fixed-nothing-about': ({ check, subject }) =>
    `Patchbay no ha arreglado nada sobre ${subject} para la comprobación ${check}.`,
  'is-on': ({ name, place }) => `${name} está en ${place}.`,
  'is-already-on': ({ name, place }) => `${name} ya está en ${place}.`,
  'cable-in-again': ({ name }) => `El cable de ${name} se quitó y está puesto otra vez.`,
  'full-stop': ({ text }) => `${text}.`,
  'network-with-addresses': ({ kind, bridge, addresses, dhcp }) =>
    `${kind} en ${bridge}, ${addresses}, DHCP ${dhcp}`,
  'network-is-used-by': ({ network, names }) => `La red ${network} la usan ${names}.`,
  'change-computer-with-password': 'Cambiar este equipo, con tu contraseña',
  'no-ipv4-address': ({ text }) => `«${text}» no es una dirección IPv4.`,
  'four-numbers-with-dots-such': 'Una son cuatro números con puntos, como 192.168.1.60.',
  'patchbay-added-nothing-with-id': ({ id }) => `Patchbay no ha añadido nada con el identificador ${id}.`,
  'no-longer': ({ what }) => `Ya no: ${what}`,
  'port-computer-leads': ({ protocol, hostPort, machine, machinePort }) =>
    `El puerto ${hostPort} de ${protocol} de este equipo lleva a ${machine}:${machinePort}`,
  'computer-reach-each-other': ({ machines }) => `Este equipo y ${machines} se alcanzan`,
  'the-addition': ({ kind }) => `La adición «${kind}»`,
  'change-network': ({ name }) => `Cambiar la red ${name}`,
  'network-way-already': ({ name }) => `La red ${name} ya es así.`,
  'helper-did-not-list-added': 'El ayudante no enumeró lo que ha añadido.',
  'about-computer-patchbay-runs': ({ name }) =>
    `Eso trata del equipo en que se ejecuta Patchbay, y las máquinas de ${name} están en otro.`,
  'run-patchbay-over': 'Ejecuta Patchbay allí.',
  'run-patchbay-over-for-computer': 'Ejecuta Patchbay allí; para este equipo añade --connect qemu:///system.',
  'start-network': ({ name }) => `Arrancar la red ${name}`,
  'network-started-2': ({ name }) => `La red ${name} está arrancada.`,
  'stop-network': ({ name }) => `Parar la red ${name}`,
  'start-network-with-host': ({ name }) => `Arrancar la red ${name} con el equipo`,
  'network-starts-with-host': ({ name }) => `La red ${name} arranca con el equipo.`,
  'no-longer-start-network': ({ name }) => `No arrancar más la red ${name} con el equipo`,
  'network-no-longer-starts-with-host': ({ name }) => `La red ${name} ya no arranca con el equipo.`,
  'network-in-use': ({ name, names }) => `La red ${name} está en uso por ${names}.`,
  'shut-down-or-moved': 'Apágalas, o haz que se muevan antes a otra red.',
  'shut-down-or-moved-first': ({ name }) =>
    `Apágalas, o haz que se muevan antes: patchbay network stop ${name} --move-to lan`,
  'no-such-operation-or-ended': 'No hay ninguna operación así, o terminó hace tiempo.',
  'sent-from-computer-tells-nothing':
    'Lo que se envía desde este equipo no dice nada de las máquinas de otro.',
  'run-patchbay-over-or-leave': 'Ejecuta Patchbay allí, o deja --probe.',
  'network-restarted-2': ({ name }) => `La red ${name} está rearrancada.`,
  'runs-before': 'sigue como antes',
  'restart-network': ({ name }) => `Rearrancar la red ${name}`,
  'plug-in-again': ({ loose }) => `Conectar de nuevo: ${loose}`,
  'network-no-saved-definition-gone': ({ name }) =>
    `La red ${name} no tiene definición guardada, y desaparecería al pararla.`,
  'save-first-virsh-net-dumpxml': ({ name }) =>
    `Guárdala antes: virsh net-dumpxml ${name} > net.xml && virsh net-define net.xml`,
  'network-runs-but-could': ({ network, failed }) =>
    `La red ${network} está en marcha, pero no se pudieron conectar de nuevo: ${failed}.`,
  'plug-in-elsewhere-back': 'Conéctalas a otra parte y de vuelta, o reinícialas.',
  'connection-to-libvirt-not-yet': 'Aún no hay conexión con libvirt.',
  'try-again': 'Inténtalo de nuevo.',
  'pull-cable-put-in-again': ({ name }) => `Quitar el cable de ${name} y ponerlo otra vez`,
  'move-to-2': ({ name, place }) => `Mover ${name} a ${place}`,
  'network-card-just-being-switched': ({ title }) =>
    `Esta tarjeta de red se está moviendo ahora mismo: ${title}.`,
  'wait-second-try-again': 'Espera un segundo e inténtalo de nuevo.',
  'named-twice': ({ name }) => `${name} se nombra dos veces.`,
  'name-each-machine-once': 'Nombra cada máquina una vez.',
  'no-saved-definition-can-only': ({ name }) =>
    `${name} no tiene definición guardada, así que solo se puede mover mientras está en marcha.`,
  'leave-out-no-live': 'Deja --no-live.',
  'network-card-plugged-in-nowhere': ({ mac, name }) =>
    `La tarjeta de red ${mac} de ${name} no está conectada a ninguna parte.`,
  'see-patchbay-machines': 'Véase: patchbay machines',
  'things-patchbay-could-not-bring': ({ message }) =>
    `Tal como están las cosas, Patchbay no podría devolverla después (--undo): ${message}`,
  'network-card-not-plugged': ({ mac, name }) =>
    `La tarjeta de red ${mac} de ${name} no está conectada ahora, así que no hay cable que quitar.`,
  'start-machine-first-guest-asks': 'Arranca antes la máquina: entonces pide una dirección por sí sola.',
  'cable-cut-own-setting-stays': ({ name }) =>
    `El cable de ${name} está cortado por su propia configuración, y así queda.`,
  'put-in-first-virsh-domif': ({ name, mac }) => `Ponlo antes: virsh domif-setlink ${name} ${mac} up`,
  'patchbay-not-switched-network-card': ({ mac, name }) =>
    `Patchbay no ha movido la tarjeta de red ${mac} de ${name}, así que no hay nada que deshacer.`,
  'say-where-to-plug': 'Di a qué conectarla.',
  'say-where-to-plug-in-patchbay': ({ name }) => `Di a qué conectarla: patchbay connect ${name} DESTINO`,
  'on-from-next-start': ({ name, place }) => `${name} estará en ${place} desde su próximo arranque.`,
  'on-when-starts': ({ name, place }) => `${name} estará en ${place} cuando arranque.`,
  'create-network': ({ name }) => `Crear la red ${name}`,
  on: ({ kind, bridge }) => `${kind} en ${bridge}`,
  'bridged-by': ({ bridge }) => `puente ${bridge}`,
  'macvtap-on-mode': ({ links, mode }) => `macvtap en ${links}, modo ${mode}`,
  'delete-network': ({ name }) => `Eliminar la red ${name}`,
  move: ({ names }) => `Mover ${names}`,
  'network-deleted': ({ name }) => `La red ${name} está eliminada.`,
  'machines-cannot-moved-to-network': ({ name }) =>
    `Las máquinas no se pueden mover a ${name}: es la red que se va a eliminar.`,
  'name-another-for-instance-lan': 'Nombra otra, por ejemplo lan.',
  'moved-first-patchbay-network-delete': ({ network }) =>
    `Haz que se muevan antes: patchbay network delete ${network} --move-to nat`,
  'others-moved': ({ message }) => `Otras se movieron. ${message}`,
  'no-saved-definition': ({ name }) => `${name} no tiene definición guardada.`,
  'network-changed-again-since': ({ network }) =>
    `La red ${network} se ha cambiado otra vez desde entonces, así que no se devuelve a como estaba.`,
  'change-want': 'Cámbiala como la quieras.',
  'change-want-patchbay-network-change': ({ network }) =>
    `Cámbiala como la quieras: patchbay network change ${network} --help`,
  'it-is-as-it-was': 'Está como antes.',
  'make-change': 'Hacer el cambio',
  'take-change-back': 'Deshacer el cambio',
  'look-again': 'Vuelve a mirar.',
  'see-patchbay-doctor': 'Véase: patchbay doctor',
  'check-about-several-things': ({ check, fitting }) =>
    `La comprobación ${check} trata de varias cosas: ${fitting}.`,
  'choose-one-of-them': 'Elige una de ellas.',
  'say-with-subject': 'Di cuál, con: --subject',
  'no-machine-named': ({ nameOrId }) => `No hay ninguna máquina llamada ${nameOrId}.`,
  'see-with-patchbay-machines': 'Mira lo que hay con: patchbay machines',
  'no-network-card': ({ name }) => `${name} no tiene tarjeta de red.`,
  'give-in-usual-tool-first': 'Dale antes una con tu herramienta habitual.',
  'give-for-instance-with-virsh': ({ name }) =>
    `Dale una, por ejemplo con: virsh attach-interface ${name} network default --config`,
  'network-cards-say': ({ name, count }) => `${name} tiene ${count} tarjetas de red: di cuál.`,
  'add-nic': ({ macs }) => `Añade --nic con una de ${macs}`,
  'no-network-card-2': ({ name, mac }) => `${name} no tiene la tarjeta de red ${mac}.`,
  'it-has': ({ macs }) => `Tiene ${macs}.`,
  'libvirt-no-network-named': ({ name }) => `libvirt no tiene ninguna red llamada ${name}.`,
  'see-with-patchbay-networks': 'Mira lo que hay con: patchbay networks',
  'not-on-nat-network-runs': ({ machine }) => `${machine} no está en una red NAT en marcha.`,
  'machine-on-lan-reached-directly': 'A una máquina en la LAN se llega directamente.',
  'machine-on-lan-reached-directly-see':
    'A una máquina en la LAN se llega directamente. Mira las direcciones con: patchbay machines',
  'names-no-port': ({ whole }) => `«${whole}» no nombra ningún puerto.`,
  'port-number-from-1': 'Un puerto es un número de 1 a 65535, como 8080, 8080/tcp o 53/udp.',
}
