import type { additions as en } from '../en/additions'

/** Lo que se añade a este equipo para máquinas concretas. */
export const additions: typeof en = {
  forwards: 'Puertos de este equipo',
  noForwards: 'Ninguno lleva a esta máquina.',
  port: 'Puerto aquí',
  machinePort: 'Puerto allí',
  portHere: (port, protocol) => `${protocol} ${port}`,
  portThere: (port) => `a su puerto ${port}`,
  mayChange: (ip) => `Llevan a ${ip}, que puede cambiar.`,
  fixIt: (network) => `Fijarla en ${network}`,
  access: 'Este equipo y la máquina',
  noAccess: (machine) => `Este equipo y ${machine} no se alcanzan por macvtap.`,
  hasAccess: (machine) => `Este equipo y ${machine} se alcanzan, por un enlace propio.`,
  addressOf: (machine) => `Dirección IPv4 de ${machine}`,
  askMachine: 'Aquí no se sabe. En la máquina: ip addr',
  giveAccess: 'Permitir que se alcancen',
  endAccess: 'Separarlos de nuevo',
  waysIn: 'Caminos a las máquinas',
  here: 'Aquí',
  leadsTo: 'Lleva a',
  accessShort: 'Acceso del equipo',
  takeAway: 'Quitar',
  failed: 'No se pudo cambiar este equipo',
  done: 'Este equipo está cambiado',
}
