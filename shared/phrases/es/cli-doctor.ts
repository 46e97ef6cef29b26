import type { cliDoctor as English } from '../en/cli-doctor'

export const cliDoctor: typeof English = {
  'could-not-be-looked-at': 'No se pudo mirar',
  'the-other-checks': 'Las demás comprobaciones',
  'changed-for-this': 'Cambiado para esto',
  'undo-line': ({ command }) => `deshacer: ${command}`,
  'fix-line': ({ command }) => `arreglar: ${command}`,
  'checks-not-made': ({ count }) =>
    count === 1 ? 'Una comprobación no se pudo hacer.' : `${count} comprobaciones no se pudieron hacer.`,
  'things-wrong': ({ count }) => (count === 1 ? 'Una cosa va mal.' : `${count} cosas van mal.`),
  'nothing-is-wrong': 'Nada va mal.',
  'nothing-wrong-found': 'No se encontró nada que vaya mal.',
  'likely-only': ({ problem }) => `${problem} (probable; root lo ve con certeza)`,
}
