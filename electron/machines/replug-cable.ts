import { PatchbayError } from '../../shared/failure'
import type { Libvirt } from '../libvirt/libvirt'
import { findMachine } from '../libvirt/lookup'
import { findAddress, questionOf, roundsOf, type AddressSearch, type FoundAddress } from './ask-for-address'
import { SWITCH_STEPS } from './move-nic'
import { seeAddresses } from './new-address'
import { LONG_LINK_DOWN_MS, pullUnlessGone } from './pull-cable'
import { reporter, type StepProgress } from './reporter'
import { readSides } from './sides'
import { destinationOf } from './switch-check'
import { say } from '../../shared/phrases/phrase'

/** `machine`: UUID or name. */
export interface ReplugRequest extends AddressSearch {
  machine: string
  mac: string
  progress?: StepProgress
}

/**
 * Pulls the cable of a running machine's NIC for long enough that every guest notices, puts it in again where it is, and waits for
 * the guest's address. A cable that Patchbay had left out is in again afterwards; one that the user has cut stays so.
 * @throws PatchbayError `not-found`, `refused` with nothing done; `rollback-failed` when it could not be put in again; LibvirtError
 */
export async function replugCable(libvirt: Libvirt, request: ReplugRequest): Promise<FoundAddress> {
  const dom = await findMachine(libvirt, request.machine)
  const mac = request.mac.toLowerCase()
  const { live } = await readSides(libvirt, dom, mac)
  if (live === null || live.attachment.type === 'other') {
    throw new PatchbayError({
      code: 'refused',
      message: say('network-card-no-cable-now', { mac, name: dom.name }),
      hint: say('see-where-plugged'),
    })
  }
  const destination = await destinationOf(libvirt, live.attachment, true)
  const question = questionOf({ dom, mac }, destination, request)
  const before = await seeAddresses(libvirt, question)
  const since = Date.now()
  const step = reporter(request.progress)
  await step(SWITCH_STEPS.pull, () =>
    pullUnlessGone(libvirt, { dom, mac, ms: LONG_LINK_DOWN_MS, signal: request.signal }),
  )
  const rounds = roundsOf(destination, before, request).slice(-1)
  return findAddress(libvirt, { question, before, since, rounds, request }, step)
}
