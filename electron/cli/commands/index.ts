import type { Command } from '../command'
import { bridge } from './bridge'
import { doctor } from './doctor'
import { forward } from './forward'
import { hostAccess } from './host-access'
import { connect } from './connect'
import { machines } from './machines'
import { network } from './network'
import { networks } from './networks'
import { reach } from './reach'
import { snapshots } from './snapshots'
import { status } from './status'

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  status,
  machines,
  connect,
  networks,
  ...network,
  reach,
  doctor,
  ...bridge,
  ...snapshots,
  ...hostAccess,
  ...forward,
]
