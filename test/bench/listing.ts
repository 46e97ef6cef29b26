import { fileURLToPath } from 'node:url'
import { connectLibvirt } from '../../electron/libvirt/libvirt'
import { listMachines } from '../../electron/machines/list'
import { listNetworks } from '../../electron/networks/list'
import { startFastLab, type Lab } from '../lab/index'
import { median, ratioOf, spread, type Row } from './row'

const MACHINES = 500
const NETWORKS = 100
const RUNS = 7
const PEER = fileURLToPath(new URL('list_with_python.py', import.meta.url))

/** Reads the whole inventory, XML and state of each: Patchbay's client against python3-libvirt, in turns. */
export async function fastestListing(): Promise<Row[]> {
  const lab = await startFastLab({ networkManager: false })
  try {
    await defineInventory(lab)
    const uri = `qemu+unix:///system?socket=${lab.libvirtSocket}`
    const ours: number[] = []
    const theirs: number[] = []
    const libvirt = await connectLibvirt(uri)
    for (let run = 0; run < RUNS; run++) {
      ours.push(await timed(() => Promise.all([listMachines(libvirt), listNetworks(libvirt)])))
      theirs.push(...(await listWithPython(lab)))
    }
    await libvirt.close()
    return [
      {
        what: `listing ${MACHINES} machines and ${NETWORKS} networks (${RUNS} runs; peer: python3-libvirt)`,
        patchbay: spread(ours),
        peer: spread(theirs),
        ratio: ratioOf(median(ours), median(theirs)),
        goal: '0.5 or below',
      },
    ]
  } finally {
    await lab.close()
  }
}

async function defineInventory(lab: Lab): Promise<void> {
  const libvirt = await connectLibvirt(`qemu+unix:///system?socket=${lab.libvirtSocket}`)
  const machines = Array.from({ length: MACHINES }, (_, i) =>
    libvirt.call('domainDefineXmlFlags', { xml: machineXml(i), flags: 0 }),
  )
  const networks = Array.from({ length: NETWORKS }, (_, i) =>
    libvirt.call('networkDefineXml', { xml: networkXml(i) }),
  )
  await Promise.all([...machines, ...networks])
  await libvirt.close()
}

const machineXml = (i: number): string => `
<domain type='qemu'><name>machine${i}</name><memory unit='MiB'>128</memory><vcpu>1</vcpu>
<os><type arch='x86_64'>hvm</type></os><features><acpi/></features>
<devices>
  <disk type='file' device='disk'><source file='/var/lib/none/${i}.qcow2'/><target dev='vda' bus='virtio'/></disk>
  <interface type='network'><source network='default'/><model type='virtio'/></interface>
  <interface type='bridge'><source bridge='br0'/><model type='virtio'/></interface>
  <serial type='pty'/><console type='pty'/>
</devices></domain>`

const networkXml = (i: number): string => `
<network><name>network${i}</name><forward mode='nat'/>
<ip address='10.200.${i}.1' netmask='255.255.255.0'><dhcp><range start='10.200.${i}.2' end='10.200.${i}.254'/></dhcp></ip>
</network>`

/** One warm-up inside the peer's own process, as Patchbay's connection is warm too. */
async function listWithPython(lab: Lab): Promise<number[]> {
  const { stdout } = await lab.exec(['python3', PEER, 'qemu:///system', '2'])
  const [machines, networks, , second] = stdout.trim().split(' ').map(Number)
  if (machines !== MACHINES || networks !== NETWORKS + 1 || second === undefined) {
    throw new Error(`python3-libvirt listed something else: ${stdout}`)
  }
  return [second]
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await action()
  return performance.now() - start
}
