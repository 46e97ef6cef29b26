/** What ifupdown’s files say against a bridge. */
export const ifupdown = {
  'inherits-options': ({ nic }: { nic: string }) =>
    `The stanza of ${nic} takes its options from another one (“inherits”)`,
  'is-template': ({ nic }: { nic: string }) => `The stanza of ${nic} is a template for others (“inherits”)`,
  'address-by-client': ({ nic, client }: { nic: string; client: string }) =>
    `${nic} has its address by ${client}, and Patchbay can move only a lease of dhclient’s along`,
  'no-dhcp-client': 'no DHCP client',
  'and-try-again': ({ what }: { what: string }) => `${what}, and try again.`,
  'etc-network-interfaces-no-stanza': ({ nic }: { nic: string }) =>
    `/etc/network/interfaces has no stanza “iface ${nic} …”`,
  'write-with-card-own-name': 'Write one, with the card’s own name, and try again.',
  'add-with-settings-mac-address': ({ bridge, nic }: { bridge: string; nic: string }) =>
    `Add ${bridge} with the settings of ${nic}, its MAC address, no spanning tree`,
  'comment-out-stanzas-undo-puts': ({ nic }: { nic: string }) =>
    `Comment out the stanzas of ${nic}; undo puts them back byte for byte`,
  'commands-in-if-up-d': 'Commands in if-up.d are not run by the change itself, but from the next start on.',
  'files-put-back-byte': ({ nic, bridge }: { nic: string; bridge: string }) =>
    `The files are put back byte for byte, and ${nic} has its network again; ${bridge} is removed.`,
  'file-too-many': ({ path }: { path: string }) => `${path} is one file too many`,
  'no-text-file': ({ path }: { path: string }) => `${path} is no text file`,
  'cannot-read': ({ path }: { path: string }) => `${path} can’t be read`,
  'cannot-followed': ({ word, pattern }: { word: string; pattern: string }) =>
    `“${word} ${pattern}” can’t be followed`,
  'cannot-read-2': ({ folder }: { folder: string }) => `${folder} can’t be read`,
  'ifupdown-configuration-cannot-read': ({ nic, obstacle }: { nic: string; obstacle: string }) =>
    `ifupdown’s configuration of ${nic} can’t be read in full: ${obstacle}`,
  'name-files-plainly-in-etc':
    'Name the files plainly in /etc/network/interfaces, and let everybody read them.',
  'ifupdown-does-not-understand-line': ({
    file,
    line,
    nic,
    text,
  }: {
    file: string
    line: number
    nic: string
    text: string
  }) => `ifupdown does not understand ${file}, line ${line}, so what it says of ${nic} is uncertain: ${text}`,
  'correct-line-ifquery-list-complains':
    'Correct the line (“ifquery --list” complains about it as long as it is wrong), and try again.',
  'no-stanza-iface-in-ifupdown': ({ nic }: { nic: string }) =>
    `${nic} has no stanza “iface ${nic} …” in ifupdown’s configuration`,
  'give-bring-up-ifup-try': 'Give it one, bring it up by ifup, and try again.',
  'mapping-script-chooses-stanza': ({ nic }: { nic: string }) =>
    `A “mapping” script chooses the stanza of ${nic}`,
  'brought-up-stanza-not-own': ({ nic, other }: { nic: string; other: string }) =>
    `${nic} is brought up by the stanza “${other}”, not by its own`,
  'name-stanza-iface-try-again': ({ nic }: { nic: string }) =>
    `Name its stanza “iface ${nic} …”, and try again.`,
  'ifupdown-renames-rename': ({ nic, renamed }: { nic: string; renamed: string }) =>
    `ifupdown renames ${nic} (“rename ${renamed}”)`,
  'chooses-links-only-ifupdown-can': ({ pattern }: { pattern: string }) =>
    `“${pattern}” chooses links by what only ifupdown can tell`,
  'name-links-instead-auto-try': ({ nic }: { nic: string }) =>
    `Name the links instead (“auto ${nic}”), and try again.`,
  'write-options-out-try-again': 'Write its options out, and try again.',
  'stanza-iface-cannot-moved': ({ nic, family, method }: { nic: string; family: string; method: string }) =>
    `The stanza “iface ${nic} ${family} ${method}” can’t be moved to a bridge`,
  'let-router-word-do-iface': ({ nic }: { nic: string }) =>
    `Let the router’s word do (“iface ${nic} inet6 auto”), and try again; or make the bridge by hand (Patchbay then uses it).`,
  'make-bridge-hand-patchbay-then': 'Make the bridge by hand (Patchbay then uses it), or use NAT.',
  'install-isc-dhcp-client-bring':
    'Install isc-dhcp-client and bring the card up anew, or make the bridge by hand (Patchbay then uses it).',
  'signs-in-to-wi-fi': 'signs in to a Wi-Fi or 802.1X network, which a bridge’s port can’t do for machines',
  'makes-part-bond': 'makes it a part of a bond',
  'makes-bridge': 'makes it a bridge',
  'makes-part-another-switch': 'makes it a part of another switch',
  'starts-dial-up-or-vpn': 'starts a dial-up or VPN connection',
  'the-option-of': ({ name, nic, role }: { name: string; nic: string; role: string }) =>
    `The option “${name}” of ${nic} ${role}`,
  'choose-another-network-card': 'Choose another network card with --nic, or use NAT.',
  'in-alias': ({ name, file, nic }: { name: string; file: string; nic: string }) =>
    `${name} in ${file} is an alias of ${nic}`,
  'give-further-addresses-more-stanzas': ({ nic }: { nic: string }) =>
    `Give ${nic} its further addresses by more stanzas “iface ${nic} inet static”, and try again.`,
  'stanza-in-uses': ({
    name,
    file,
    nic,
    option,
    value,
  }: {
    name: string
    file: string
    nic: string
    option: string
    value: string
  }) => `The stanza of ${name} in ${file} uses ${nic}: “${option} ${value}”`,
  'patchbay-changes-no-other-stanzas':
    'Patchbay changes no other stanzas: move the line, or make the bridge by hand.',
  'the-line-of': ({
    name,
    value,
    nic,
    message,
  }: {
    name: string
    value: string
    nic: string
    message: string
  }) => `The line “${name} ${value}” of ${nic} ${message}`,
  'starts-program-looks-after-network': 'starts a program that looks after the network itself',
  'use-ifupdown-own-methods-instead': 'Use ifupdown’s own methods instead',
  'sets-card-network-at-once': 'sets the card and its network at once',
  'split-into-line-for-each': 'Split it into one line for each',
  'names-in-way-patchbay-does': ({ nic }: { nic: string }) =>
    `names ${nic} in a way that Patchbay does not understand`,
  'write-iface': 'Write $IFACE there',
  'a-line': ({ word }: { word: string }) => `a line “${word}”`,
  'name-used-already-in-ifupdown': ({ bridge, holder }: { bridge: string; holder: string }) =>
    `The name ${bridge} is used already in ifupdown’s configuration (${holder})`,
  'give-bridge-another-name': 'Give the bridge another name with --name.',
}
