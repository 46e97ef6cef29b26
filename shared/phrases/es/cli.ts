import type { cli as English } from '../en/cli'

export const cli: typeof English = {
  'pull-again': ({ summary, command }) => `${summary}\nPara volver a quitar su cable: ${command}`,
  'not-ended': ({ title }) => `${title}: no ha terminado.`,
  'those-that-failed': 'Las que fallaron siguen conectadas como antes.',
  'from-next-start-of': ({ network, changes }) => `Desde el próximo arranque de ${network}: ${changes}.`,
  'if-it-runs-restart': ({ command }) => `Si está en marcha, rearráncala con: ${command}`,
  'until-then-it-stays': ({ machines, command }) =>
    `Hasta entonces sigue como está para ${machines}. Para ponerlo en vigor, con un momento sin conexión: ${command}`,
}
