import { randomBytes } from 'node:crypto'
import { readFileSync, watch } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { PatchbayError } from '../../shared/failure'
import { guestAgentImage } from './guest-agent'
import { guestImage } from './guest-image'
import { runInGuest, type GuestExec } from './guest-shell'
import type { Lab } from './types'

export interface GuestOptions {
  /** The libvirt network its NIC is plugged into. Default `default`. */
  network?: string
  /** The host bridge its NIC is plugged into, instead of a network. */
  bridge?: string
  /** `<interface>` elements to use as they are, one or more; the MAC address is then read from the first. */
  interfaceXml?: string
  /** Give it the QEMU guest agent. Default false. */
  agent?: boolean
  /** Have it take no notice of a carrier that is away for less than 3 s. Default false. */
  missesShortPulls?: boolean
  /** Start it at once. Default true. */
  start?: boolean
}

/** A small machine of the lab. It asks for an address by DHCP, answers ping and HTTP, and is up in about 5 s. */
export interface Guest {
  name: string
  /** MAC address of its (first) NIC. */
  mac: string
  /** What the guest said on its serial line since it was started. */
  log(): string
  /** The addresses it has now, by MAC address. */
  addresses(): ReadonlyMap<string, string>
  /** Resolves with the guest's address as soon as it has one that `accept` likes; no polling. */
  waitForAddress(accept?: (address: string, mac: string) => boolean, timeoutMs?: number): Promise<string>
  /** Resolves when its (first) NIC has no address any longer. */
  waitForNoAddress(timeoutMs?: number): Promise<void>
  /** Resolves when it has started, also without any network. */
  ready(timeoutMs?: number): Promise<void>
  /** Runs a command line in its shell, whatever its network. */
  sh(command: string, timeoutMs?: number): Promise<GuestExec>
  start(): Promise<void>
  /** Pulls its plug. */
  stop(): Promise<void>
  /** Its live definition while it runs, else the saved one. */
  xml(options?: { inactive?: boolean }): Promise<string>
}

/** Defines a guest in the lab's libvirt and starts it, unless asked not to. */
export async function addGuest(lab: Lab, name: string, options: GuestOptions = {}): Promise<Guest> {
  const interfaces = options.interfaceXml ?? interfaceXml(options)
  const mac = /<mac address=['"]([^'"]+)/.exec(interfaces)?.[1]
  if (mac === undefined) {
    throw new PatchbayError({
      code: 'usage',
      message: `The NIC of guest “${name}” needs a <mac address='…'/>`,
    })
  }
  const folder = '/run/lab-guests'
  const [log, shell] = [`${folder}/${name}.log`, `${folder}/${name}.shell`]
  await mkdir(lab.path(folder), { recursive: true })
  await writeFile(lab.path(log), '')
  const virsh = (...words: string[]) => lab.exec(['virsh', '-q', '-c', 'qemu:///system', ...words])
  const { agent = false } = options
  const image = await (agent ? guestAgentImage() : guestImage())
  const devices = interfaces + (agent ? AGENT_CHANNEL : '')
  const words = options.missesShortPulls === true ? ' lab.patient' : ''
  const definition = domainXml(name, devices, { log, shell }, { ...image, words })
  await lab.exec(['virsh', '-c', 'qemu:///system', 'define', '/dev/stdin'], { input: definition })

  const guest: Guest = {
    name,
    mac,
    log: () => readFileSync(lab.path(log), 'utf8'),
    addresses: () => addressesIn(guest.log()),
    waitForAddress: (accept = () => true, timeoutMs = 30_000) =>
      whenSaid(guest, lab.path(log), timeoutMs, 'got no such address', () =>
        [...guest.addresses()].filter(([its, address]) => accept(address, its)).map(([, address]) => address),
      ),
    waitForNoAddress: (timeoutMs = 30_000) =>
      whenSaid(guest, lab.path(log), timeoutMs, 'kept its address', () =>
        guest.addresses().has(mac) ? [] : [undefined],
      ),
    ready: (timeoutMs = 60_000) =>
      whenSaid(guest, lab.path(log), timeoutMs, 'did not start', () =>
        guest.log().includes('guest: ready') ? [undefined] : [],
      ),
    sh: (command, timeoutMs) => runInGuest(lab.path(shell), command, timeoutMs),
    async start() {
      await virsh('start', name)
    },
    async stop() {
      await virsh('destroy', name)
    },
    async xml({ inactive = false } = {}) {
      return (await virsh('dumpxml', name, ...(inactive ? ['--inactive'] : []))).stdout
    },
  }
  if (options.start !== false) await guest.start()
  return guest
}

/** Resolves with the first thing found in what the guest said; the log is read when it is written to. */
function whenSaid<T>(
  guest: Guest,
  log: string,
  timeoutMs: number,
  otherwise: string,
  find: () => readonly T[],
): Promise<T> {
  return new Promise((resolve, reject) => {
    const look = () => {
      for (const found of find().slice(0, 1)) settle(() => resolve(found))
    }
    const settle = (how: () => void) => {
      clearTimeout(timer)
      watcher.close()
      how()
    }
    const timer = setTimeout(() => {
      const message = `Guest “${guest.name}” ${otherwise} within ${timeoutMs / 1000} s; its log:`
      settle(() => reject(new PatchbayError({ code: 'timeout', message: `${message}\n${guest.log()}` })))
    }, timeoutMs)
    const watcher = watch(log, look)
    look()
  })
}

/** The addresses a guest has after everything it said; see guest/init.sh for its words. */
export function addressesIn(log: string): ReadonlyMap<string, string> {
  const addresses = new Map<string, string>()
  for (const [, mac = '', address] of log.matchAll(/^guest: (\S+) (?:address ([\d.]+)\/|no-carrier)/gm)) {
    if (address === undefined) addresses.delete(mac)
    else addresses.set(mac, address)
  }
  return addresses
}

function interfaceXml({ network = 'default', bridge }: GuestOptions): string {
  const [type, source] =
    bridge === undefined ? ['network', `network='${network}'`] : ['bridge', `bridge='${bridge}'`]
  // 52:54:00 is the prefix QEMU uses.
  const mac = ['52:54:00', ...(randomBytes(3).toString('hex').match(/../g) ?? [])].join(':')
  return `<interface type='${type}'><mac address='${mac}'/><source ${source}/><model type='virtio'/></interface>`
}

const AGENT_CHANNEL = "<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>"

/** Emulated (TCG), since a lab may itself run in a virtual machine; without HPET, which is slow to emulate. */
function domainXml(
  name: string,
  devices: string,
  { log, shell }: { log: string; shell: string },
  { kernel, initrd, words }: { kernel: string; initrd: string; words: string },
): string {
  return `<domain type='qemu'>
  <name>${name}</name>
  <memory unit='MiB'>128</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='pc'>hvm</type>
    <kernel>${kernel}</kernel>
    <initrd>${initrd}</initrd>
    <cmdline>console=ttyS0 quiet nokaslr mitigations=off cryptomgr.notests no_timer_check${words}</cmdline>
  </os>
  <features><acpi/></features>
  <cpu mode='maximum'/>
  <clock offset='utc'><timer name='hpet' present='no'/></clock>
  <devices>
    <controller type='usb' model='none'/>
    ${devices}
    <serial type='file'><source path='${log}'/><target port='0'/></serial>
    <serial type='unix'><source mode='bind' path='${shell}'/><target port='1'/></serial>
    <memballoon model='none'/>
  </devices>
</domain>
`
}
