import { bridge } from './bridge'
import { frame } from './frame'
import { host } from './host'
import { machines } from './machines'
import { networks } from './networks'
import { reach } from './reach'
import { snapshots } from './snapshots'

export const en = { locale: 'en', frame, machines, networks, host, bridge, reach, snapshots }
