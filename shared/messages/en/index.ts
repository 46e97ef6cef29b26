import { additions } from './additions'
import { batch } from './batch'
import { bridge } from './bridge'
import { frame } from './frame'
import { health } from './health'
import { host } from './host'
import { machines } from './machines'
import { networkForms } from './network-forms'
import { networks } from './networks'
import { reach } from './reach'
import { snapshots } from './snapshots'

export const en = {
  locale: 'en',
  frame,
  machines,
  networks,
  networkForms,
  health,
  host,
  bridge,
  reach,
  additions,
  batch,
  snapshots,
}
