import type { transaction as English } from '../en/transaction'

export const transaction: typeof English = {
  'putting-back-failed': ({ why }) => `La vuelta atrás no funcionó del todo: ${why}`,
  'no-host-change-2': ({ id }) => `No hay ningún cambio ${id} del equipo`,
  'patchbay-snapshots-lists': '«patchbay snapshots» los enumera.',
  'record-change-cannot-read': ({ id }) => `El registro del cambio ${id} no se puede leer`,
  'bring-network-configuration-back-hand': ({ snapshotFolder }) =>
    `Devuelve a mano la configuración de red; las copias están en ${snapshotFolder}.`,
  'snapshot-damaged': ({ what }) => `La instantánea está dañada: ${what}`,
  'bring-network-configuration-back-hand-copies':
    'Devuelve a mano la configuración de red; las copias están bajo /var/lib/patchbay/transactions.',
  'in-way-nothing-could-put': ({ path }) => `${path} estorba, y no es nada que se pudiera devolver después`,
  'move-elsewhere-try-again': 'Muévelo a otra parte e inténtalo de nuevo.',
  'changed-since-plan-made': ({ path }) => `${path} ha cambiado desde que se hizo el plan`,
  'look-at-plan-again-confirm': 'Mira otra vez el plan y confírmalo de nuevo.',
  'network-on-changed-since-plan': ({ nic }) => `La red en ${nic} ha cambiado desde que se mostró el plan`,
  'computer-switched-off-during-change':
    'El equipo se apagó durante el cambio. Todo se devolvió a como estaba.',
  'after-computer-switched-off-during': ({ id, message }) =>
    `Tras apagarse el equipo durante el cambio ${id}, sus archivos no se pudieron devolver: ${message}`,
  'tried-again-at-next-start': ({ snapshotFolder }) =>
    `Se intenta de nuevo en el próximo arranque. Las copias están en ${snapshotFolder}.`,
  'interrupted-change-about-to-taken': ({ id }) =>
    `El cambio interrumpido ${id} está a punto de revertirse solo`,
  'wait-minute-try-again': 'Espera un minuto e inténtalo de nuevo.',
  'change-interrupted': 'El cambio se interrumpió',
  'nobody-confirmed-change-in-time': 'Nadie confirmó el cambio a tiempo',
  'everything-put-back': ({ nic }) =>
    `Todo se devolvió a como estaba; ${nic} no tiene señal (su cable está quitado), así que no tiene conexión hasta que se vuelva a conectar.`,
  'everything-put-back-2': 'Todo se devolvió a como estaba.',
  'tried-again-itself-if-network':
    'Se intenta de nuevo por sí solo. Si la red no vuelve, quita y pon el cable, o reinicia el equipo.',
  'network-card': ({ nic }) => `La tarjeta de red ${nic} no está`,
  'put-back-try-again': 'Ponla de nuevo e inténtalo otra vez.',
  'change-undone-already': ({ id }) => `El cambio ${id} ya está deshecho`,
  'nothing-left-to-do': 'No queda nada por hacer.',
  'change-taken-back-never-took': ({ id }) => `El cambio ${id} se revirtió y nunca entró en vigor`,
  'change-came-later-builds': ({ id }) => `El cambio ${id} vino después y se apoya en él`,
  'undo-first-2': ({ id }) => `Deshaz antes ${id}.`,
  'machines-plugged-2': ({ bridge, taps }) => `Hay máquinas conectadas a ${bridge} (${taps})`,
  'move-to-another-network-first': 'Muévelas antes a otra red: patchbay connect MÁQUINA nat',
  'interrupted-change-cannot-taken-back': ({ id }) =>
    `El cambio interrumpido ${id} no se puede revertir, pues su registro no se puede leer`,
  'compare-network-configuration-with-copies': ({ snapshotFolder, folder }) =>
    `Compara la configuración de red con las copias en ${snapshotFolder} y quita después ${folder}.`,
}
