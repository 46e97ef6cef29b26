import { existsSync } from 'node:fs'

/** Whether the kernel has the NIC as a port of the bridge. */
export const isPort = ({ nic, bridge }: { nic: string; bridge: string }): boolean =>
  existsSync(`/sys/class/net/${bridge}/brif/${nic}`)
