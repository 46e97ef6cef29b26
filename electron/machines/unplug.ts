import { PatchbayError } from '../../shared/failure'
import { DomainEvent } from '../libvirt/events'
import { Affect, DomainXml } from '../libvirt/flags'
import type { Libvirt } from '../libvirt/libvirt'
import type { Domain } from '../libvirt/wire'
import { at, attribute, parseXml } from '../libvirt/xml'
import { extractInterface } from './interface-xml'
import { NEXT_START_HINT } from './switch-check'
import { say } from '../../shared/phrases/phrase'

/** How long a guest gets to let go of a NIC. A running system takes less than a second; one that starts up takes longer. */
export const LET_GO_MS = 20_000

/** What became of an unplugging. */
type Answer = 'removed' | 'refused' | 'stopped' | 'silent'

/** A NIC in the running machine that shall be unplugged. */
export interface Unplugging {
  dom: Domain
  mac: string
  /** Its `<interface>` as the running machine has it. */
  xml: string
  patienceMs?: number | undefined
  /** Plugs it in again, for a guest that lets go after all, long after the patience was over. */
  plugBack: () => Promise<void>
}

/**
 * Takes a NIC out of a running machine, and resolves once the guest has let go of it: libvirt's answer to the call says no more
 * than that the guest was asked (virDomainDetachDeviceFlags).
 * @throws PatchbayError `unsupported` when the guest refuses or does not react; the NIC is where it was then.
 */
export async function unplug(libvirt: Libvirt, unplugging: Unplugging): Promise<void> {
  const { dom, xml, patienceMs = LET_GO_MS } = unplugging
  const watch = await watchRemoval(libvirt, unplugging)
  try {
    await libvirt.call('domainDetachDeviceFlags', { dom, xml, flags: Affect.live })
  } catch (thrown) {
    // The machine stopped, or the guest said no: libvirt's word tells which.
    await watch.end()
    throw thrown
  }
  const timer = setTimeout(() => watch.answer('silent'), patienceMs)
  const answer = await watch.answered
  clearTimeout(timer)
  if (answer === 'silent' && !(await isThere(libvirt, unplugging))) return watch.end()
  // A guest that was asked can't be told otherwise: it may let go any time later.
  if (answer === 'silent') watch.goOn()
  else await watch.end()
  if (answer !== 'removed') throw kept(dom.name, answer, patienceMs)
}

interface Watch {
  answered: Promise<Answer>
  answer: (answer: Answer) => void
  /** Keeps watching for a guest that lets go late. */
  goOn: () => void
  end: () => Promise<void>
}

/** Listens before the guest is asked, since it may be quick. */
async function watchRemoval(libvirt: Libvirt, { dom, xml, plugBack }: Unplugging): Promise<Watch> {
  const alias = attribute(at(parseXml(xml, 'interface'), 'alias'), 'name')
  let settle: (answer: Answer) => void = () => undefined
  const answered = new Promise<Answer>((resolve) => (settle = resolve))
  let goesOn = false
  const told = (answer: Answer): void => {
    if (goesOn) {
      goesOn = false
      // The World shows a NIC that could not be plugged in again, and connecting it once more tells why.
      void Promise.allSettled([end(), answer === 'removed' ? plugBack() : null])
    }
    settle(answer)
  }
  const isOurs = (message: { dom: Domain; devAlias: string }): boolean =>
    message.dom.uuid === dom.uuid && message.devAlias === alias
  const subscriptions = await Promise.all([
    libvirt.subscribe('deviceRemoved', (message) => isOurs(message) && told('removed')),
    libvirt.subscribe('deviceRemovalFailed', (message) => isOurs(message) && told('refused')),
    libvirt.subscribe('domainLifecycle', ({ dom: { uuid }, event }) => {
      if (uuid === dom.uuid && event === DomainEvent.stopped) told('stopped')
    }),
  ])
  const end = async (): Promise<void> => {
    await Promise.all(subscriptions.map((unsubscribe) => unsubscribe()))
  }
  return { answered, answer: told, goOn: () => (goesOn = true), end }
}

async function isThere(libvirt: Libvirt, { dom, mac }: Unplugging): Promise<boolean> {
  const { xml } = await libvirt.call('domainGetXmlDesc', { dom, flags: DomainXml.current })
  return extractInterface(xml, mac) !== null
}

function kept(machine: string, answer: Exclude<Answer, 'removed'>, patienceMs: number): PatchbayError {
  switch (answer) {
    case 'refused':
      return new PatchbayError({
        code: 'unsupported',
        message: say('guest-refuses-to-let-go', { machine }),
        hint: NEXT_START_HINT,
      })
    case 'stopped':
      return new PatchbayError({
        code: 'libvirt-error',
        message: say('stopped-while-network-card-being', { machine }),
        hint: say('saved-definition-before-switch'),
      })
    case 'silent':
      return new PatchbayError({
        code: 'unsupported',
        message: say('not-within', { machine, seconds: patienceMs / 1000 }),
        hint: say('sentences', { all: [NEXT_START_HINT, say('should-guest-let-go')] }),
      })
  }
}
