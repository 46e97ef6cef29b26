import type { bridge as English } from '../en/bridge'

export const bridge: typeof English = {
  'undo-the-bridges': ({ bridges }) => `Deshacer el puente ${bridges.join(', después ')}`,
  'bridge-is-ready': ({ bridge }) => `${bridge} está listo: las máquinas conectadas a él están en la LAN.`,
  'network-stayed-up': 'La red estuvo disponible todo el tiempo.',
  'network-was-gone': ({ ms }) => `La red faltó durante ${ms} ms.`,
  'no-change-to-undo': ({ transaction }) =>
    `En este equipo no hay ningún cambio ${transaction} que deshacer.`,
  'no-bridge-to-undo': ({ bridge }) =>
    `En este equipo no hay ningún puente ${bridge} hecho por Patchbay que deshacer.`,
  'later-undone-this-not': ({ count }) =>
    count === 1
      ? 'El cambio posterior se deshizo y así queda; este no.'
      : `${count} cambios posteriores se deshicieron y así quedan; este no.`,
  'differs-made-otherwise': ({ differences, more }) =>
    `Lo que difiere de su instantánea se hizo de otro modo: ${differences.join('; ')}${more === 0 ? '' : `; y ${more} más`}.`,
  'see-snapshot-show': ({ hint, id }) => `${hint} Véase: patchbay snapshot show ${id}`,
  'nothing-else-changed': 'No se cambió nada más.',
  'plugged-in-as-before': ({ names }) => `${names}: conectadas de nuevo como antes.`,
  'helper-ended-silently': ({ how, verb }) => `El ayudante terminó (${how}) sin decir cómo fue «${verb}».`,
  'with-code': ({ code }) => `con el código ${code}`,
  'by-signal': ({ signal }) => `por ${signal}`,
  'rollback-armed-soon':
    'La reversión está preparada: la red vuelve sola a como estaba. Véase: patchbay status',
  'rollback-armed-within': ({ seconds }) =>
    `La reversión está preparada: la red vuelve sola a como estaba en ${seconds} segundos. Véase: patchbay status`,
  'get-permission': 'Pedir permiso',
  'look-at-host': 'Mirar el equipo',
  'keep-snapshot': 'Guardar una instantánea',
  'arm-rollback': 'Preparar la reversión',
  'remove-bridge': 'Quitar el puente',
  'make-bridge': 'Crear el puente',
  'check-network': 'Comprobar la red',
  'keep-these-settings': '¿Conservar estos ajustes?',
  'make-last': 'Hacer que dure',
  'bring-network-back': 'Devolver la red a como estaba',
  'bridge-gone-network': ({ bridge }) => `El puente ${bridge} ya no está, y la red está como antes.`,
  'the-bridge-2': 'el puente',
  'helper-answered-another-question': 'El ayudante respondió a otra pregunta.',
  'rollback-cannot-armed-for-seconds': ({ seconds }) =>
    `La reversión no se puede preparar para ${seconds} segundos.`,
  'choose-whole-number': ({ least, most }) => `Elige un número entero de ${least} a ${most}.`,
  'another-change-host-network-under': ({ title }) =>
    `Hay en curso otro cambio de la red de este equipo: ${title}.`,
  'wait-until-ended': 'Espera a que termine.',
  'see-with-patchbay-snapshots': 'Mira lo que hay con: patchbay snapshots',
  'change-cannot-undone': ({ id, state }) => `El cambio ${id} no se puede deshacer: está ${state}.`,
  'see-patchbay-snapshots': 'Véase: patchbay snapshots',
  'made-later-builds': ({ later, wanted }) => `${later} se creó después y se apoya en ${wanted}.`,
  'undo-first': ({ bridge }) => `Deshaz antes ${bridge}.`,
  'undo-both-first-with-patchbay': ({ bridge, id }) =>
    `Deshaz los dos, antes ${bridge}, con: patchbay snapshot restore ${id}`,
  'in-use': ({ bridge, names }) => `${bridge} está en uso por ${names}.`,
  'moved-to-another-network-first': 'Haz que se muevan antes a otra red.',
  'moved-first-patchbay-bridge-undo': ({ bridge }) =>
    `Haz que se muevan antes: patchbay bridge undo --name ${bridge} --move-to nat`,
  'make-bridge-2': ({ bridge, nic }) => `Crear el puente ${bridge} desde ${nic}`,
  'change-already-ended': 'Ese cambio ya ha terminado.',
  'no-such-change-under-way': 'No hay ningún cambio así en curso.',
  'stopped-before-began': 'Se detuvo antes de empezar.',
  'machines-cannot-moved': ({ place }) =>
    `Las máquinas no se pueden mover a ${place}: es justo lo que han de dejar libre.`,
  'name-another-place-for-instance': 'Nombra otro sitio, por ejemplo nat.',
  'move-to': ({ names, place }) => `Mover ${names} a ${place}`,
  'could-not-plugged-in-again': ({ names, message }) =>
    `${names} no se pudieron conectar de nuevo: ${message}`,
  'change-not-in-force-nothing': ({ id, state }) =>
    `El cambio ${id} no está en vigor (${state}): no queda nada suyo que deshacer.`,
  'nothing-changed': 'No se cambió nada.',
  'no-host-change': ({ id }) => `No hay ningún cambio ${id} del equipo.`,
  'change-could-not-taken-back': ({ id }) =>
    `El cambio ${id} no se pudo revertir, y se intenta de nuevo por sí solo.`,
  'if-network-stays-away-plug': 'Si la red no vuelve, quita y pon el cable, o reinicia el equipo.',
  'change-under-way': ({ id }) => `El cambio ${id} está en curso.`,
  'wait-until-ended-see-patchbay': 'Espera a que termine. Véase: patchbay snapshots',
  'host-before': 'El equipo está como antes de él.',
  'helper-changes-host-network-missing': 'Falta el ayudante que cambia la red del equipo.',
  'install-patchbay-again-in-checkout': 'Instala Patchbay de nuevo; en una copia de trabajo: npm run build',
  'nothing-armed-yet-nothing': 'Aún no se había preparado nada, así que no se cambió nada en el equipo.',
  'password-prompt-dismissed':
    'Se cerró la petición de contraseña, o no se te permite cambiar la red de este equipo.',
  'nothing-changed-try-again':
    'No se cambió nada. Inténtalo de nuevo, o pide ayuda a quien administra este equipo.',
  'could-not-asked-for-permission': 'No se te pudo pedir permiso para cambiar la red de este equipo.',
  'nothing-changed-start-polkit-agent':
    'No se cambió nada. Arranca un agente de polkit (los escritorios tienen uno), o ejecuta la orden como root.',
  'pkexec-not-installed-patchbay-cannot':
    'pkexec no está instalado, así que Patchbay no puede pedir permiso.',
  'install-debian-ubuntu-sudo-apt':
    'Instálalo (Debian, Ubuntu: sudo apt install pkexec; Fedora, Arch: polkit), o ejecuta la orden como root.',
  'helper-could-not-started': 'No se pudo arrancar el ayudante.',
  'helper-answered-something-not-understood': 'El ayudante respondió algo que no se entendió.',
  'helper-did-not-come': 'El ayudante no llegó a terminar a tiempo.',
}
