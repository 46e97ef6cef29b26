import { frame } from './frame'
import { bridge, host } from './host'
import { machines } from './machines'
import { networks } from './networks'

export const en = { locale: 'en', frame, machines, networks, host, bridge }
