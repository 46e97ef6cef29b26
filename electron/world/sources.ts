import { hostOf } from '../host/facts'
import { lookAtHost } from '../host/look'
import { readTransactions, watchTransactions } from '../host/transactions'
import { watchHost } from '../host/watch'
import { LEASES_FOLDER } from './lease-watch'
import { connectSession, socketFolder } from './libvirt-session'
import type { Sources } from './open-world'

/** This computer: its libvirt, its network, its record of changes. */
export const thisComputer: Sources = {
  connect: connectSession,
  socketFolder,
  leasesFolder: LEASES_FOLDER,
  lookAtHost: async () => hostOf(await lookAtHost()),
  watchHost,
  readTransactions,
  watchTransactions,
}
