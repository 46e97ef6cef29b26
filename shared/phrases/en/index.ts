import { common } from './common'
import { doctor } from './doctor'
import { operations } from './operations'
import { bridge } from './bridge'
import { machines } from './machines'
import { targets } from './targets'
import { networks } from './networks'
import { networkEdits } from './network-edits'
import { cliDoctor } from './cli-doctor'
import { cli } from './cli'

export const en = {
  ...common,
  ...doctor,
  ...operations,
  ...bridge,
  ...machines,
  ...targets,
  ...networks,
  ...networkEdits,
  ...cliDoctor,
  ...cli,
}
