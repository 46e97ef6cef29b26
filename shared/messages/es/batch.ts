import type { batch as en } from '../en/batch'

/** Varias máquinas a la vez. */
export const batch: typeof en = {
  tick: (machine) => `Seleccionar ${machine}`,
  tickAll: 'Seleccionar todas las que se ven',
  ticked: (count) => (count === 1 ? '1 seleccionada' : `${count} seleccionadas`),
  moveTo: 'Pasar a',
  choose: 'Elige una red…',
  move: 'Pasar',
  clear: 'Quitar la selección',
  leftOut: (machines) =>
    `Sin ellas: ${machines}. Una máquina con varias tarjetas, o sin ninguna que sirva, se pasa por separado.`,
  moving: (done, all, place) => `Pasando a ${place}: ${done} de ${all}`,
  moved: (count, place) =>
    count === 1 ? `Una máquina está conectada a ${place}.` : `${count} máquinas están conectadas a ${place}.`,
  already: (count, place) =>
    count === 1 ? `Ya está conectada a ${place}.` : `Todas están ya conectadas a ${place}.`,
  failed: (machine, why) => `${machine} sigue donde estaba: ${why}`,
  refused: (count) => (count === 1 ? 'No se pudo mover' : `No se movió ninguna de las ${count}`),
  undo: 'Devolverlas',
  help: 'Espacio selecciona una máquina, Ctrl+A todas, para mover varias a la vez.',
}
