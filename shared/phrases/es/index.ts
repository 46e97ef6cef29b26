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
import { host } from './host'
import { ifupdown } from './ifupdown'
import { libvirt } from './libvirt'
import { managers } from './managers'
import { system } from './system'
import { additions } from './additions'
import { transaction } from './transaction'
import { helper } from './helper'
import type { en } from '../en'

export const es: typeof en = {
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
  ...host,
  ...ifupdown,
  ...libvirt,
  ...managers,
  ...system,
  ...additions,
  ...transaction,
  ...helper,
}
