import { setTimeout as delay } from 'node:timers/promises'
import { PatchbayError, toFailure } from '../../shared/failure'
import { DomainState } from '../libvirt/flags'
import type { Libvirt } from '../libvirt/libvirt'
import type { Domain } from '../libvirt/wire'
import { linkOf, withLink } from './interface-xml'
import { noteLive, type LiveNote } from './live-notes'
import { readSides, type Side } from './sides'
import { say } from '../../shared/phrases/phrase'

/** How long the guest finds its cable cut at a move. Nothing tells when it has noticed, and a shorter cut may go unseen. */
export const LINK_DOWN_MS = 1000

/**
 * How long a second time: guests let short cuts pass, NetworkManager those up to 6 s (NetworkManager.conf(5),
 * carrier-wait-timeout).
 */
export const LONG_LINK_DOWN_MS = 7000

/** Milliseconds that libvirt may take for its part of a pull, on a computer that has much to do. */
const SLACK_MS = 5000

export interface Pull {
  dom: Domain
  mac: string
  /** How long the link is down. */
  ms: number
  /** Brings the link up at once. */
  signal?: AbortSignal | undefined
}

/**
 * Pulls the cable of a running machine's NIC and puts it in again, so that the guest asks for an address. Whatever happens
 * meanwhile, the link goes up again; when this process is ended in between, the machine's notes say so to the next one.
 * @throws PatchbayError `not-found`, `refused` for a cable that the user has cut, with nothing done; `rollback-failed` when it
 * could not be put in again; LibvirtError
 */
export async function pullCable(libvirt: Libvirt, { dom, mac, ms, signal }: Pull): Promise<void> {
  const { live } = await readSides(libvirt, dom, mac)
  if (live === null) {
    throw new PatchbayError({
      code: 'refused',
      message: say('network-card-not-plugged', { mac, name: dom.name }),
      hint: say('start-machine-first'),
    })
  }
  refuseCut(dom, mac, live)
  const update = async (xml: string): Promise<void> => {
    await libvirt.call('domainUpdateDeviceFlags', { dom, xml, flags: live.affect })
  }
  await noteLive(libvirt, dom, mac, inHand(live, ms))
  try {
    await update(withLink(live.xml, 'down'))
    await delay(ms, undefined, signal === undefined ? {} : { signal }).catch(unlessAborted)
  } finally {
    await putIn(dom, async () => {
      await update(live.xml)
      await noteLive(libvirt, dom, mac, putBack)
    })
  }
}

/**
 * The same for a machine that may be shut down meanwhile: it has no cable any more then.
 * @returns null, or why it was not pulled to the end
 */
export async function pullUnlessGone(libvirt: Libvirt, pull: Pull): Promise<string | null> {
  try {
    await pullCable(libvirt, pull)
    return null
  } catch (thrown) {
    const { state } = await libvirt.call('domainGetState', { dom: pull.dom, flags: 0 })
    if (state !== DomainState.shutoff && state !== DomainState.crashed) throw thrown
    return `${pull.dom.name} was shut down meanwhile`
  }
}

/** The note that the cable is in Patchbay's hand for so many milliseconds, and what it was like before. */
export function inHand({ xml }: Side, ms: number): (note: LiveNote) => LiveNote {
  const link = linkOf(xml) === 'up' ? 'up' : 'unset'
  return (note) => ({ ...note, pulled: { until: Date.now() + ms + SLACK_MS, link } })
}

/** The note that it is in again. */
export const putBack = (note: LiveNote): LiveNote => ({ ...note, pulled: null })

/** @throws PatchbayError `refused` */
function refuseCut({ name }: Domain, mac: string, { xml }: Side): void {
  if (linkOf(xml) !== 'down') return
  throw new PatchbayError({
    code: 'refused',
    message: say('cable-cut-own-setting-link', { name }),
    hint: say('put-in-first-virsh-domif', { name, mac }),
  })
}

async function putIn({ name }: Domain, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (thrown) {
    const { message, ...rest } = toFailure(thrown)
    throw new PatchbayError(
      {
        ...rest,
        code: 'rollback-failed',
        message: say('cable-could-not-put', { name, message }),
        hint: say('put-in-with-patchbay-connect', { name }),
      },
      { cause: thrown },
    )
  }
}

function unlessAborted(thrown: unknown): void {
  if (!(thrown instanceof Error && thrown.name === 'AbortError')) throw thrown
}
