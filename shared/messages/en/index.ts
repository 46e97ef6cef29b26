import { bridge } from './bridge'
import { frame } from './frame'
import { host } from './host'
import { machines } from './machines'
import { networks } from './networks'

export const en = { locale: 'en', frame, machines, networks, host, bridge }
