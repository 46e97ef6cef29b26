import type { cli as English } from '../en/cli'

export const cli: typeof English = {
  'pull-again': ({ summary, command }) => `${summary}\nPara volver a quitar su cable: ${command}`,
  'not-ended': ({ title }) => `${title}: no ha terminado.`,
  'those-that-failed': 'Las que fallaron siguen conectadas como antes.',
  'from-next-start-of': ({ network, changes }) => `Desde el próximo arranque de ${network}: ${changes}.`,
  'if-it-runs-restart': ({ command }) => `Si está en marcha, rearráncala con: ${command}`,
  'until-then-it-stays': ({ machines, command }) =>
    `Hasta entonces sigue como está para ${machines}. Para ponerlo en vigor, con un momento sin conexión: ${command}`,
  'plan-head': ({ bridge, nic, manager }) =>
    `Crear el puente ${bridge} desde ${nic}, que gestiona ${manager}.`,
  'plan-now': 'Ahora',
  'plan-afterwards': 'Después',
  'plan-changes': 'Cambios',
  'plan-good-to-know': 'Conviene saber',
  'plan-gone-for': ({ ms }) => `La red faltará unos ${ms} ms.`,
  'plan-undo': ({ how }) => `Deshacer: ${how}`,
  'plan-essence': ({ bridge, nic }) =>
    `Crear el puente ${bridge} desde ${nic}; sus direcciones, rutas, servidores de nombres y MAC pasan al puente.`,
  'plan-warning': ({ text }) => `Atención: ${text}`,
}
