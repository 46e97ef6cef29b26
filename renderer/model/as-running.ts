import type { Machine } from '../../shared/world/world'

/** The machine as it is once it runs: each card where its definition says, or where it is already. */
export const asRunning = (machine: Machine): Machine => ({
  ...machine,
  state: 'running',
  nics: machine.nics.map((nic) => (nic.live === null ? { ...nic, live: nic.saved } : nic)),
})
