import { positional, textOf, type Command } from '../command'
import { changeAndFollow } from './network-change'

const leaseAdd: Command = {
  words: ['network', 'lease', 'add'],
  positionals: ['NAME', 'IP'],
  options: {
    mac: { value: 'MAC', help: 'the network card that gets the address' },
    name: { value: 'HOSTNAME', help: 'the name that the machine asks by, and that DNS knows it by' },
  },
  summary: 'keep an address for one machine, at once',
  details: ['The machine is known by its MAC, by the name it gives when it asks, or both.'],
  run: (input, io) =>
    changeAndFollow(io, {
      kind: 'add-lease',
      network: positional(input, 0),
      ip: positional(input, 1),
      mac: textOf(input, 'mac') ?? null,
      name: textOf(input, 'name') ?? null,
    }),
}

const leaseRemove: Command = {
  words: ['network', 'lease', 'remove'],
  positionals: ['NAME', 'WHICH'],
  options: {},
  summary: 'no longer keep an address: WHICH is the IP, the MAC or the name',
  details: [],
  run: (input, io) =>
    changeAndFollow(io, {
      kind: 'remove-lease',
      network: positional(input, 0),
      which: positional(input, 1),
    }),
}

const hostAdd: Command = {
  words: ['network', 'host', 'add'],
  positionals: ['NAME', 'IP', 'HOSTNAME'],
  options: {},
  summary: 'have the network’s DNS know a name, at once; several with commas',
  details: [],
  run: (input, io) =>
    changeAndFollow(io, {
      kind: 'add-host',
      network: positional(input, 0),
      ip: positional(input, 1),
      names: positional(input, 2).split(','),
    }),
}

const hostRemove: Command = {
  words: ['network', 'host', 'remove'],
  positionals: ['NAME', 'WHICH'],
  options: {},
  summary: 'have the network’s DNS forget a name, or an IP with all its names',
  details: [],
  run: (input, io) =>
    changeAndFollow(io, {
      kind: 'remove-host',
      network: positional(input, 0),
      which: positional(input, 1),
    }),
}

/** Static leases and DNS records of a network. */
export const networkRecords: readonly Command[] = [leaseAdd, leaseRemove, hostAdd, hostRemove]
