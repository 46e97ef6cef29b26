import type { health as en } from '../en/health'

/** Qué impide que las máquinas estén conectadas y qué se puede hacer. */
export const health: typeof en = {
  title: 'Salud',
  looking: 'Examinando este equipo',
  again: 'Examinar de nuevo',
  fine: 'No falla nada',
  nothingFound: 'No se encontró ningún fallo',
  unknown: (count) =>
    count === 1 ? 'una comprobación no se pudo hacer' : `${count} comprobaciones no se pudieron hacer`,
  unknownTitle: 'No se pudo examinar',
  notLooked: 'No se pudo examinar este equipo',
  troubles: (count) => (count === 1 ? 'Falla una cosa' : `Fallan ${count} cosas`),
  notices: (count) => (count === 1 ? 'un aviso' : `${count} avisos`),
  trouble: 'Fallo',
  notice: 'Conviene saberlo',
  likely: 'probable; solo root lo vería con certeza',
  changes: 'Qué se cambiaría',
  fix: 'Arreglar',
  fixOf: (problem) => `Arreglar: ${problem}`,
  fixing: 'Arreglando',
  made: 'Cambiado por Patchbay',
  madeAt: (when) => `cambiado ${when}`,
  undo: 'Deshacer',
  undoOf: (what) => `Deshacer: ${what}`,
  others: (count) => `${count} comprobaciones más`,
  states: { fine: 'Bien', 'not-applicable': 'No procede' },
  failed: 'El arreglo no funcionó',
  undoFailed: 'No se pudo deshacer',
  done: 'Arreglado',
  undone: 'Deshecho',
}
