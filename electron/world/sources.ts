import { readAdditions } from '../host/records/additions'
import { hostOf } from '../host/facts'
import { lookAtHost } from '../host/look'
import { readTransactions } from '../host/records/transactions'
import { watchHost } from '../system/ip-monitor'
import { watchRecords } from '../host/records/watch-records'
import { LEASES_FOLDER } from '../libvirt/leases-folder'
import { connectSession, socketFolder } from './libvirt-session'
import type { Sources } from './open-world'

/**
 * This computer: its libvirt, its network, its record of changes.
 * @param mayAsk whether ssh to another computer's libvirt may ask on the terminal
 */
export const thisComputer = (mayAsk: boolean): Sources => ({
  connect: (uri, signal) => connectSession(uri, { mayAsk, signal }),
  socketFolder,
  leasesFolder: LEASES_FOLDER,
  lookAtHost: async () => hostOf(await lookAtHost()),
  watchHost,
  readTransactions,
  readAdditions,
  watchRecords,
})
