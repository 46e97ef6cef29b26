/** How a change of the host ended, and why. */
export const transaction = {
  'putting-back-failed': ({ why }: { why: string }) => `Putting things back did not fully work: ${why}`,
  'no-host-change-2': ({ id }: { id: string }) => `There is no host change ${id}`,
  'patchbay-snapshots-lists': '“patchbay snapshots” lists them.',
  'record-change-cannot-read': ({ id }: { id: string }) => `The record of the change ${id} can’t be read`,
  'bring-network-configuration-back-hand': ({ snapshotFolder }: { snapshotFolder: string }) =>
    `Bring the network configuration back by hand; the copies lie in ${snapshotFolder}.`,
  'snapshot-damaged': ({ what }: { what: string }) => `The snapshot is damaged: ${what}`,
  'bring-network-configuration-back-hand-copies':
    'Bring the network configuration back by hand; the copies lie below /var/lib/patchbay/transactions.',
  'in-way-nothing-could-put': ({ path }: { path: string }) =>
    `${path} is in the way, and is nothing that could be put back later`,
  'move-elsewhere-try-again': 'Move it elsewhere, and try again.',
  'changed-since-plan-made': ({ path }: { path: string }) => `${path} has changed since the plan was made`,
  'look-at-plan-again-confirm': 'Look at the plan again, and confirm it anew.',
  'network-on-changed-since-plan': ({ nic }: { nic: string }) =>
    `The network on ${nic} has changed since the plan was shown`,
  'computer-switched-off-during-change':
    'The computer was switched off during the change. Everything was put back as it was before.',
  'after-computer-switched-off-during': ({ id, message }: { id: string; message: string }) =>
    `After the computer was switched off during the change ${id}, its files could not be put back: ${message}`,
  'tried-again-at-next-start': ({ snapshotFolder }: { snapshotFolder: string }) =>
    `It is tried again at the next start. The copies lie in ${snapshotFolder}.`,
  'interrupted-change-about-to-taken': ({ id }: { id: string }) =>
    `The interrupted change ${id} is about to be taken back by itself`,
  'wait-minute-try-again': 'Wait a minute, and try again.',
  'change-interrupted': 'The change was interrupted',
  'nobody-confirmed-change-in-time': 'Nobody confirmed the change in time',
  'everything-put-back': ({ nic }: { nic: string }) =>
    `Everything was put back as it was before; ${nic} has no carrier (its cable is out), so it has no connection until it is plugged in again.`,
  'everything-put-back-2': 'Everything was put back as it was before.',
  'tried-again-itself-if-network':
    'It is tried again by itself. If the network stays away, plug the cable out and in, or restart the computer.',
  'network-card': ({ nic }: { nic: string }) => `The network card ${nic} is not there`,
  'put-back-try-again': 'Put it back, and try again.',
  'change-undone-already': ({ id }: { id: string }) => `The change ${id} is undone already`,
  'nothing-left-to-do': 'Nothing is left to do.',
  'change-taken-back-never-took': ({ id }: { id: string }) =>
    `The change ${id} was taken back and never took effect`,
  'change-came-later-builds': ({ id }: { id: string }) => `The change ${id} came later and builds on it`,
  'undo-first-2': ({ id }: { id: string }) => `Undo ${id} first.`,
  'machines-plugged-2': ({ bridge, taps }: { bridge: string; taps: string }) =>
    `Machines are plugged into ${bridge} (${taps})`,
  'move-to-another-network-first': 'Move them to another network first: patchbay connect MACHINE nat',
  'interrupted-change-cannot-taken-back': ({ id }: { id: string }) =>
    `The interrupted change ${id} can’t be taken back, as its record can’t be read`,
  'compare-network-configuration-with-copies': ({
    snapshotFolder,
    folder,
  }: {
    snapshotFolder: string
    folder: string
  }) => `Compare the network configuration with the copies in ${snapshotFolder}, then remove ${folder}.`,
}
