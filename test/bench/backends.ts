import { type FullLab, type Lab, type SetupName, startFullLab } from '../lab/index'
import { plainNmcli, PROBE_EVERY_MS, silenceDuring } from './gap'
import { patchbay } from './patchbay'
import { ms, ratioOf, type Row } from './row'

const ROUNDS = 3

/** The plain way of each manager: what its manual tells, with the NIC's MAC address and without spanning tree. */
const plain: Partial<Record<SetupName, (lab: Lab) => Promise<unknown>>> = {
  'nm-dhcp': plainNmcli,
  'networkd-dhcp': (lab) => script(lab, networkdFiles),
  // `netplan apply` asks udev.
  'netplan-udev': (lab) => script(lab, netplanFile),
  'ifupdown-dhcp': (lab) => script(lab, ifupdownFiles),
}

/** How long the workstation is silent at worst while its bridge is made and undone, manager by manager. */
export async function worstGaps(): Promise<Row[]> {
  const rows: Row[] = []
  for (const [setup, byHand] of Object.entries(plain) as [SetupName, (lab: Lab) => Promise<unknown>][]) {
    const created: number[] = []
    const undone: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      await inLab(setup, async (lab) => {
        created.push(await silenceDuring(lab, () => patchbay(lab, ['bridge', 'create', '--json'])))
        undone.push(await silenceDuring(lab, () => patchbay(lab, ['bridge', 'undo', '--json'])))
      })
      await inLab(setup, async (lab) => void theirs.push(await silenceDuring(lab, byHand)))
    }
    const [create, undo, peer] = [created, undone, theirs].map((values) => Math.max(...values))
    rows.push({
      what: `${setup}: worst silence of ${ROUNDS} (probe every ${PROBE_EVERY_MS} ms; peer: the plain way, making only)`,
      patchbay: `made ${ms(create ?? 0)}, undone ${ms(undo ?? 0)}`,
      peer: ms(peer ?? 0),
      ratio: ratioOf(create ?? 0, peer ?? 0),
      goal: '20 ms, never above 1',
    })
  }
  return rows
}

async function inLab(setup: SetupName, work: (lab: FullLab) => Promise<void>): Promise<void> {
  const lab = await startFullLab({ setup })
  try {
    await work(lab)
  } finally {
    await lab.close()
  }
}

const script = (lab: Lab, text: string): Promise<unknown> =>
  lab.exec(['sh', '-ec', text, 'sh', lab.nic, lab.nicMac], { timeoutMs: 60_000 })

const networkdFiles = `
cd /etc/systemd/network
printf '[NetDev]\\nName=br0\\nKind=bridge\\nMACAddress=%s\\n[Bridge]\\nSTP=no\\nForwardDelaySec=0\\n' $2 >05-br0.netdev
printf '[Match]\\nName=br0\\n[Network]\\nDHCP=yes\\n' >05-br0.network
printf '[Match]\\nName=%s\\n[Network]\\nBridge=br0\\n' $1 >05-port.network
networkctl reload`

const netplanFile = `
umask 077
cat >/etc/netplan/90-br0.yaml <<END
network:
  version: 2
  ethernets: { $1: { dhcp4: false } }
  bridges:
    br0: { interfaces: [$1], dhcp4: true, macaddress: "$2", parameters: { stp: false, forward-delay: 0 } }
END
netplan apply`

const ifupdownFiles = `
ifdown $1
sed -i "s/^iface $1/#&/" /etc/network/interfaces
cat >/etc/network/interfaces.d/br0 <<END
auto br0
iface br0 inet dhcp
    pre-up ip link add name br0 address $2 type bridge stp_state 0 forward_delay 0
    pre-up ip link set dev $1 master br0 up
END
ifup br0`
