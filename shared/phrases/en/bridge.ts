/** Making and undoing the bridge: steps, endings, and why not. */
export const bridge = {
  'undo-the-bridges': ({ bridges }: { bridges: readonly string[] }) =>
    `Undo the bridge ${bridges.join(', then ')}`,
  'bridge-is-ready': ({ bridge }: { bridge: string }) =>
    `${bridge} is ready: machines plugged into it are on the LAN.`,
  'network-stayed-up': 'The network stayed up all the time.',
  'network-was-gone': ({ ms }: { ms: number }) => `The network was gone for ${ms} ms.`,
  'no-change-to-undo': ({ transaction }: { transaction: string }) =>
    `There is no change ${transaction} to undo on this host.`,
  'no-bridge-to-undo': ({ bridge }: { bridge: string }) =>
    `There is no bridge ${bridge} made by Patchbay to undo on this host.`,
  'later-undone-this-not': ({ count }: { count: number }) =>
    count === 1
      ? 'The later change was undone and stays so, this one was not.'
      : `${count} later changes were undone and stay so, this one was not.`,
  'differs-made-otherwise': ({ differences, more }: { differences: readonly string[]; more: number }) =>
    `What differs from its snapshot was made otherwise: ${differences.join('; ')}${more === 0 ? '' : `; and ${more} more`}.`,
  'see-snapshot-show': ({ hint, id }: { hint: string; id: string }) =>
    `${hint} See: patchbay snapshot show ${id}`,
  'nothing-else-changed': 'Nothing else was changed.',
  'plugged-in-as-before': ({ names }: { names: string }) => `${names}: plugged in again as before.`,
  'helper-ended-silently': ({ how, verb }: { how: string; verb: string }) =>
    `The helper ended (${how}) without saying how “${verb}” went.`,
  'with-code': ({ code }: { code: number | string }) => `with code ${code}`,
  'by-signal': ({ signal }: { signal: string }) => `by ${signal}`,
  'rollback-armed-soon':
    'The rollback is armed: the network comes back as it was by itself. See: patchbay status',
  'rollback-armed-within': ({ seconds }: { seconds: number }) =>
    `The rollback is armed: the network comes back as it was by itself within ${seconds} seconds. See: patchbay status`,
  'get-permission': 'Get permission',
  'look-at-host': 'Look at the host',
  'keep-snapshot': 'Keep a snapshot',
  'arm-rollback': 'Arm the rollback',
  'remove-bridge': 'Remove the bridge',
  'make-bridge': 'Make the bridge',
  'check-network': 'Check the network',
  'keep-these-settings': 'Keep these settings?',
  'make-last': 'Make it last',
  'bring-network-back': 'Bring the network back as it was',
  'bridge-gone-network': ({ bridge }: { bridge: string }) =>
    `The bridge ${bridge} is gone, and the network is as it was before.`,
  'the-bridge-2': 'the bridge',
  'helper-answered-another-question': 'The helper answered another question.',
  'rollback-cannot-armed-for-seconds': ({ seconds }: { seconds: number }) =>
    `The rollback can’t be armed for ${seconds} seconds.`,
  'choose-whole-number': ({ least, most }: { least: number; most: number }) =>
    `Choose a whole number from ${least} to ${most}.`,
  'another-change-host-network-under': ({ title }: { title: string }) =>
    `Another change of this host’s network is under way: ${title}.`,
  'wait-until-ended': 'Wait until it has ended.',
  'see-with-patchbay-snapshots': 'See what there is with: patchbay snapshots',
  'change-cannot-undone': ({ id, state }: { id: string; state: string }) =>
    `The change ${id} can’t be undone: it is ${state}.`,
  'see-patchbay-snapshots': 'See: patchbay snapshots',
  'made-later-builds': ({ later, wanted }: { later: string; wanted: string }) =>
    `${later} was made later and builds on ${wanted}.`,
  'undo-first': ({ bridge }: { bridge: string }) => `Undo ${bridge} first.`,
  'undo-both-first-with-patchbay': ({ bridge, id }: { bridge: string; id: string }) =>
    `Undo both, ${bridge} first, with: patchbay snapshot restore ${id}`,
  'in-use': ({ bridge, names }: { bridge: string; names: string }) => `${bridge} is in use by ${names}.`,
  'moved-to-another-network-first': 'Have them moved to another network first.',
  'moved-first-patchbay-bridge-undo': ({ bridge }: { bridge: string }) =>
    `Have them moved first: patchbay bridge undo --name ${bridge} --move-to nat`,
  'make-bridge-2': ({ bridge, nic }: { bridge: string; nic: string }) =>
    `Make the bridge ${bridge} from ${nic}`,
  'change-already-ended': 'That change has already ended.',
  'no-such-change-under-way': 'There is no such change under way.',
  'stopped-before-began': 'It was stopped before it began.',
  'machines-cannot-moved': ({ place }: { place: string }) =>
    `Machines can’t be moved to ${place}: that is what they are to make way for.`,
  'name-another-place-for-instance': 'Name another place, for instance nat.',
  'move-to': ({ names, place }: { names: string; place: string }) => `Move ${names} to ${place}`,
  'could-not-plugged-in-again': ({ names, message }: { names: string; message: string }) =>
    `${names} could not be plugged in again: ${message}`,
  'change-not-in-force-nothing': ({ id, state }: { id: string; state: string }) =>
    `The change ${id} is not in force (${state}): nothing of it is left to take back.`,
  'nothing-changed': 'Nothing was changed.',
  'no-host-change': ({ id }: { id: string }) => `There is no host change ${id}.`,
  'change-could-not-taken-back': ({ id }: { id: string }) =>
    `The change ${id} could not be taken back, and is tried again by itself.`,
  'if-network-stays-away-plug':
    'If the network stays away, plug the cable out and in, or restart the computer.',
  'change-under-way': ({ id }: { id: string }) => `The change ${id} is under way.`,
  'wait-until-ended-see-patchbay': 'Wait until it has ended. See: patchbay snapshots',
  'host-before': 'The host is as it was before it.',
  'helper-changes-host-network-missing': 'The helper that changes the host’s network is missing.',
  'install-patchbay-again-in-checkout': 'Install Patchbay again; in a checkout: npm run build',
  'nothing-armed-yet-nothing': 'Nothing was armed yet, so nothing on the host was changed.',
  'password-prompt-dismissed':
    'The password prompt was dismissed, or you are not allowed to change this host’s network.',
  'nothing-changed-try-again':
    'Nothing was changed. Try again, or ask somebody who administers this computer.',
  'could-not-asked-for-permission': 'You could not be asked for permission to change this host’s network.',
  'nothing-changed-start-polkit-agent':
    'Nothing was changed. Start a polkit agent (desktops have one), or run the command as root.',
  'pkexec-not-installed-patchbay-cannot': 'pkexec is not installed, so Patchbay can’t ask for permission.',
  'install-debian-ubuntu-sudo-apt':
    'Install it (Debian, Ubuntu: sudo apt install pkexec; Fedora, Arch: polkit), or run the command as root.',
  'helper-could-not-started': 'The helper could not be started.',
  'helper-answered-something-not-understood': 'The helper answered something that was not understood.',
  'helper-did-not-come': 'The helper did not come to an end in time.',
}
