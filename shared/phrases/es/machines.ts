import type { machines as English } from '../en/machines'

export const machines: typeof English = {
  'has-vlan': ({ vlan, where }) =>
    `Esta tarjeta de red tiene la VLAN ${vlan}, que libvirt no puede poner ${where}: la máquina ya no arrancaría.`,
  'is-isolated': ({ where }) =>
    `Esta tarjeta de red está aislada de las demás de su puente, y libvirt no aísla a nadie ${where}.`,
  there: 'allí',
  'switched-and-rest': ({ message, why }) =>
    `${message} También falló devolver la tarjeta de red a su sitio: ${why}`,
  'plugged-in-both': 'máquina en marcha y definición guardada',
  'mtu-comes-back': ({ places, mtu }) => `${places}; su MTU de ${mtu} vuelve cuando deje macvtap`,
  'not-within': ({ machine, seconds }) =>
    `El sistema de «${machine}» no soltó esta tarjeta de red en ${seconds} s, así que sigue donde está.`,
  'resume-first': ({ name }) => `Reanúdala antes (virsh resume ${name}).`,
  'should-guest-let-go': 'Si el sistema la suelta más tarde, esta orden vuelve a conectar la tarjeta.',
  'or-else': ({ hint }) => `O bien: ${hint}`,
  'pull-for-seconds': ({ seconds }) => `Quitar el cable durante ${seconds} segundos`,
  'plugged-in-where-it-was': 'La tarjeta de red está conectada como antes.',
  'use-bridge-leads-to-vlan':
    'Usa un puente que lleve a esa VLAN, o una red de Open vSwitch; o quita antes <vlan> (virsh edit).',
  'use-open-vswitch-network': 'Usa una red de Open vSwitch, o quita antes <vlan> (virsh edit).',
  'use-macvtap-in-private-mode':
    'Usa macvtap en modo privado tras quitar <port isolated> (virsh edit), o sigue en un puente.',
  'take-port-isolated-out-first':
    'Quita antes <port isolated> (virsh edit), o sigue en un puente del núcleo.',
  'network-card-filter-libvirt-filters': ({ filter }) =>
    `Esta tarjeta de red tiene el filtro ${filter}, y libvirt no filtra nada en macvtap: la máquina quedaría desprotegida.`,
  'use-bridge-gives-same-place':
    'Usa un puente, que da el mismo sitio en la LAN; o quita antes <filterref> (virsh edit).',
  'on-linux-bridge': 'en un puente de Linux',
  'on-open-vswitch': 'en Open vSwitch',
  'on-macvtap': 'en macvtap',
  'network-card-failover-pair-guest': ({ partner }) =>
    `Esta tarjeta de red y ${partner} son una pareja de respaldo, que el sistema toma por una sola tarjeta: ambas han de llevar a la misma red.`,
  'unplug-card-virsh-detach-device': ({ partner }) =>
    `Desenchufa esta tarjeta (virsh detach-device) y mueve ${partner}, que sigue sola.`,
  'unplug-first-virsh-detach-device': ({ partner }) =>
    `Desenchufa antes ${partner} (virsh detach-device) y luego mueve esta tarjeta, que mientras tanto sigue sola.`,
  'another-one': 'otra',
  'packets-leave-through-process-machine':
    'sus paquetes salen por un proceso propio de la máquina, sin red ni puente del equipo',
  'guest-drives-device-with-driver':
    'el sistema de la máquina maneja ese dispositivo con un controlador propio',
  'packets-pass-host-kernel':
    'sus paquetes no pasan por el núcleo del equipo, así que ningún puente puede recibirlos',
  'whoever-made-interface-decides-where': 'quien creó esa interfaz decide adónde lleva',
  'leads-to-other-machines-directly':
    'lleva directamente a otras máquinas, y solo ellas saben dónde está el otro extremo',
  'vmware-plugs-in-host': 'VMware la conecta, y el equipo no interviene',
  'meant-to-lead-nowhere': 'está hecha para no llevar a ninguna parte',
  'definition-does-not-say-where': 'su definición no dice adónde está conectada',
  'patchbay-does-not-know-type': 'Patchbay no conoce este tipo',
  'machine-network-cards-with-mac': ({ count, mac }) =>
    `Esta máquina tiene ${count} tarjetas de red con la MAC ${mac}, así que no está claro cuál mover.`,
  'give-different-macs-first-virsh': 'Dales antes MAC distintas (virsh edit) y vuelve a arrancar la máquina.',
  'user-networking-passt': 'red de usuario (passt)',
  'user-networking': 'red de usuario',
  'no-network-at-all': 'ninguna red',
  'without-name': ({ type }) => `un ${type} sin nombre`,
  'macvtap-without-host-link': 'macvtap sin enlace del equipo',
  'host-usb-device': ({ usb }) => `dispositivo USB del equipo ${usb}`,
  'not-seen-yet': 'aún no se ve',
  'guest-let-go-network-card': 'Hacer que la máquina suelte la tarjeta de red',
  'plug-in': 'Conectar',
  'bring-link-up-again': 'Volver a activar el enlace',
  'wait-for-address': 'Esperar una dirección',
  'wait-for-address-once-more': 'Esperar una dirección una vez más',
  'libvirt-cannot-make-change-while':
    'libvirt no puede hacer este cambio mientras la máquina está en marcha.',
  'start-machine-first': 'Arranca antes la máquina.',
  'cable-cut-own-setting-link': ({ name }) =>
    `El cable de ${name} está cortado por su propia configuración (<link state='down'>), y así queda.`,
  'cable-could-not-put': ({ name, message }) => `El cable de ${name} no se pudo poner otra vez: ${message}`,
  'put-in-with-patchbay-connect': ({ name }) => `Ponlo con: patchbay connect ${name} --replug`,
  'network-card-no-cable-now': ({ mac, name }) =>
    `La tarjeta de red ${mac} de ${name} no tiene ahora ningún cable que se pueda quitar.`,
  'see-where-plugged': 'Mira adónde está conectada con: patchbay machines',
  'switch-for-next-start': 'Muévela para su próximo arranque (--no-live) y reinicia después la máquina.',
  'machine-no-network-card': ({ machine, mac }) =>
    `La máquina «${machine}» no tiene ninguna tarjeta de red con la MAC ${mac}.`,
  'list-network-cards-with-patchbay': 'Enumera las tarjetas de red con: patchbay machines',
  'nothing-network-card-saved-nothing': ({ machine }) =>
    `De esta tarjeta de red de «${machine}» no hay nada guardado, así que no se puede fijar nada para el próximo arranque.`,
  'switch-running-machine-instead': 'Mueve en su lugar la máquina en marcha.',
  'network-card-uses-patchbay-shows': ({ description, why }) =>
    `Esta tarjeta de red usa ${description}, que Patchbay muestra pero no mueve: ${why}.`,
  'change-in-machine-own-settings':
    'Cámbialo antes en la configuración de la máquina (virt-manager, virsh edit).',
  'nothing-to-plug': ({ description }) => `«${description}» no es un sitio al que conectar.`,
  'network-not-running': ({ name }) => `La red «${name}» no está en marcha.`,
  'start-first': 'Arráncala antes.',
  'start-first-patchbay-network-start': ({ name }) => `Arráncala antes: patchbay network start ${name}`,
  'network-gives-each-machine-device': ({ name }) =>
    `La red «${name}» da a cada máquina un dispositivo del equipo, y eso libvirt no puede hacerlo mientras la máquina está en marcha.`,
  'for-switch-guest-to-let': ({ name }) =>
    `Para este movimiento la máquina tiene que soltar su tarjeta de red, y «${name}» está en pausa.`,
  'see-where-plugged-in-plug': 'Mira adónde está conectada, y vuelve a conectarla.',
  'see-where-plugged-in-with-patchbay':
    'Mira adónde está conectada con «patchbay machines», y vuelve a conectarla.',
  'guest-refuses-to-let-go': ({ machine }) =>
    `El sistema de «${machine}» se niega a soltar esta tarjeta de red, así que sigue donde está.`,
  'stopped-while-network-card-being': ({ machine }) =>
    `«${machine}» se detuvo mientras se desenchufaba su tarjeta de red.`,
  'saved-definition-before-switch':
    'Su definición guardada está como antes; muévela ahí, o vuelve a arrancar la máquina.',
  'running-machine': 'máquina en marcha',
  'saved-definition': 'definición guardada',
  'plugged-in-there-already': 'ya estaba conectada ahí',
  'named-place': ({ noun, name }) => `${noun} ${name}`,
  'noun-host-interface': 'interfaz del equipo',
  'noun-internal-network': 'red interna',
  'noun-multicast-group': 'grupo de multidifusión',
  'noun-udp-tunnel-to': 'túnel UDP hacia',
  'noun-tcp-tunnel-to': 'túnel TCP hacia',
  'noun-tcp-tunnel-at': 'túnel TCP en',
  'noun-vmware-switch': 'conmutador de VMware',
  'host-device': 'dispositivo del equipo',
}
