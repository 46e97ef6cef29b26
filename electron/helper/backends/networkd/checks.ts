import type { HostFacts } from '../../../host/facts'
import type { Change, Side } from '../../change/change'
import type { Proof } from '../../change/proofs'
import { ownDataOf } from './own-data'

/** Whether networkd has the right file in force for each link of a side, and did not give up on it. Pure. */
export function checks(side: Side, facts: HostFacts, change: Change): Proof[] {
  const { nic, bridge } = change
  const { paths, original } = ownDataOf(change)
  const inForce: [string, string][] =
    side === 'nic'
      ? [[nic, original]]
      : [
          [bridge, paths.bridge],
          [nic, paths.port],
        ]
  return inForce.map(([link, path]) => agrees(facts, link, path))
}

/** While the router is silent, a rollback leaves a link that networkd is not done with. */
const GOOD = ['configuring', 'configured']

function agrees({ networkd }: HostFacts, link: string, path: string): Proof {
  const found = networkd.find(({ name }) => name === link)
  const ok = found?.file.path === path && GOOD.includes(found.state)
  const detail = found
    ? `${link} is ${found.state} with ${found.file.path}`
    : `systemd-networkd leaves ${link} alone`
  return { name: 'systemd-networkd', ok, detail }
}
