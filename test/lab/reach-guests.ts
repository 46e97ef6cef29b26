import { document } from './cli-helpers'
import { type Guest, type Lab, startFastLab } from './index'
import { HOST, NAMES, place } from './reach-places'

/** Milliseconds that a guest may take to boot, or to get an address. */
export const BOOT_MS = 300_000

/**
 * A guest on a network of each kind, under that network's name; `visitor` goes from one to the other, `mate` stays beside
 * the one on macvtap.
 */
export class ReachGuests {
  private readonly guests = new Map<string, Guest>()
  private readonly addresses = new Map<string, string>()

  private constructor(readonly lab: Lab) {}

  /** Starts a lab without any manager, whose NIC is in a bridge, with the networks and their guests. */
  static async start(): Promise<ReachGuests> {
    const lab = await startFastLab({ networkManager: false, skipLinkNumbers: 300 })
    try {
      await bridgeTheNic(lab)
      for (const name of NAMES) {
        const { code, doc } = await document(lab, 'network', 'create', name, ...place(name).options)
        if (code !== 0) throw new Error(`network ${name}: ${JSON.stringify(doc.failure)}`)
      }
      const guests = new ReachGuests(lab)
      // In turns of three: on two cores more at once only wait for each other.
      const all = [...NAMES, 'mate', 'visitor']
      for (let first = 0; first < all.length; first += 3) {
        await Promise.all(all.slice(first, first + 3).map((name) => guests.boot(name)))
      }
      return guests
    } catch (error) {
      await lab.close()
      throw error
    }
  }

  guest(name: string): Guest {
    const found = this.guests.get(name)
    if (found === undefined) throw new Error(`there is no guest ${name}`)
    return found
  }

  addressOf(name: string): string {
    return this.addresses.get(name) ?? ''
  }

  /** Runs commands in a guest. Throws when one fails. */
  async inGuest(name: string, ...commands: string[]): Promise<void> {
    const { code, output } = await this.guest(name).sh(commands.join(' && '), 60_000)
    if (code !== 0) throw new Error(`${name}: ${commands.join(' && ')}: ${output}`)
  }

  /** Cuts a guest's cable, or plugs it in again. */
  async cable(name: string, state: 'down' | 'up'): Promise<void> {
    const { mac } = this.guest(name)
    await this.lab.exec(['virsh', '-q', '-c', 'qemu:///system', 'domif-setlink', name, mac, state])
  }

  /**
   * Has a guest take its address on a network: from DHCP where there is one, which is thereby shown, else a fixed one.
   * @param plugIn what gives its NIC a new carrier there
   */
  async settle(name: string, network: string, which: 0 | 1, plugIn: () => Promise<void>): Promise<void> {
    const { fixed, subnet, gateway } = place(network)
    const told = (file: string, content?: string): string =>
      content === undefined ? `rm -f /run/eth0.${file}` : `echo ${content} >/run/eth0.${file}`
    // A guest without a default route would prove nothing about the host's rules.
    await this.inGuest(name, told('fixed', fixed?.[which]), told('gateway', gateway))
    const guest = this.guest(name)
    const before = guest.log().length
    await plugIn()
    const isNew = (ip: string): boolean => guest.log().slice(before).includes(`address ${ip}/`)
    const wanted = fixed?.[which] ?? subnet
    this.addresses.set(name, await guest.waitForAddress((ip) => ip.startsWith(wanted) && isNew(ip), BOOT_MS))
  }

  private async boot(name: string): Promise<void> {
    const network = name === 'mate' ? 'macvtap' : name === 'visitor' ? 'default' : name
    const guest = await this.lab.addGuest(name, { network })
    this.guests.set(name, guest)
    await guest.ready(BOOT_MS)
    await this.settle(name, network, 0, async () => {
      await this.cable(name, 'down')
      await this.cable(name, 'up')
    })
  }
}

/** A bridge to the LAN without any manager. */
async function bridgeTheNic(lab: Lab): Promise<void> {
  const { nic, nicMac, router } = lab
  const lines = [
    `link add br0 address ${nicMac} type bridge stp_state 0`,
    `link set ${nic} master br0`,
    `address flush dev ${nic}`,
    `address add ${HOST}/24 dev br0`,
    'link set br0 up',
    `route add default via ${router.address}`,
  ]
  await lab.exec(['ip', '-batch', '-'], { input: `${lines.join('\n')}\n` })
}
