import type { Failure } from '../../../../shared/failure'
import { type Config, configOf, covers, type PlacedStanza, renamings, stanzasFor, unknowable } from './config'
import { isCommand } from './derive'
import { isEdited, ownFileFor } from './edit'
import type { IfupdownFacts } from './files'
import { matchesPattern } from './patterns'
import { type Option, wordsOf } from './syntax'
import { namesLink, namesOtherwise, subjectOf } from './words'

interface Case {
  facts: IfupdownFacts
  config: Config
  nic: string
  bridge: string
  /** The NIC's own stanzas. */
  own: readonly PlacedStanza[]
}

type Check = (asked: Case) => Failure | null

const refused = (message: string, hint: string): Failure => ({ code: 'refused', message, hint })

const readable: Check = ({ facts, config, nic }) => {
  const [obstacle] = facts.obstacles
  if (obstacle !== undefined) {
    return refused(
      `ifupdown’s configuration of ${nic} can’t be read in full: ${obstacle}`,
      'Name the files plainly in /etc/network/interfaces, and let everybody read them.',
    )
  }
  const [fault] = config.faults
  if (fault === undefined) return null
  return refused(
    `ifupdown does not understand ${fault.file}, line ${fault.line}, so what it says of ${nic} is uncertain: ${fault.text}`,
    'Correct the line (“ifquery --list” complains about it as long as it is wrong), and try again.',
  )
}

const configured: Check = ({ nic, own }) => {
  if (own.length > 0) return null
  return refused(
    `${nic} has no stanza “iface ${nic} …” in ifupdown’s configuration`,
    'Give it one, bring it up by ifup, and try again.',
  )
}

const underItsOwnName: Check = ({ facts, config, nic }) => {
  const mapped = config.mappings.some(({ patterns }) => patterns.some((one) => matchesPattern(one, nic)))
  if (mapped) return refused(`A “mapping” script chooses the stanza of ${nic}`, plainName(nic))
  const other = facts.up.find(({ link, stanza }) => link === nic && stanza !== nic)?.stanza
  const [renaming] = renamings(config, nic)
  if (other === undefined && renaming === undefined) return null
  return refused(
    `${nic} is brought up by the stanza “${other ?? renaming ?? ''}”, not by its own`,
    plainName(nic),
  )
}

const plainName = (nic: string): string => `Name its stanza “iface ${nic} …”, and try again.`

const namedPlainly: Check = ({ config, nic }) => {
  const renames = config.namings.filter(({ word }) => word === 'rename').flatMap(({ names }) => names)
  const renamed = renames.find((name) => name.endsWith(`=${nic}`) || covers(name, nic))
  if (renamed !== undefined) return refused(`ifupdown renames ${nic} (“rename ${renamed}”)`, plainName(nic))
  const [pattern] = unknowable(config)
  if (pattern === undefined) return null
  return refused(
    `“${pattern}” chooses links by what only ifupdown can tell`,
    `Name the links instead (“auto ${nic}”), and try again.`,
  )
}

/** Methods whose stanza can be moved to a bridge as it is. */
const METHODS: Readonly<Record<string, readonly string[]>> = {
  inet: ['static', 'dhcp', 'manual'],
  // Not `dhcp`: its client would stay behind on the card.
  inet6: ['static', 'auto', 'manual'],
}

const movableMethod: Check = ({ config, nic, own }) => {
  const heir = own.find(({ inherits }) => inherits !== null)
  const ancestor = config.stanzas.some(({ inherits }) => inherits === nic)
  if (heir || ancestor) {
    return refused(
      `The stanza of ${nic} ${heir ? 'takes its options from another one' : 'is a template for others'} (“inherits”)`,
      'Write its options out, and try again.',
    )
  }
  const odd = own.find(({ family, method }) => METHODS[family]?.includes(method) !== true)
  if (!odd) return null
  return refused(
    `The stanza “iface ${nic} ${odd.family} ${odd.method}” can’t be moved to a bridge`,
    odd.method === 'dhcp'
      ? `Let the router’s word do (“iface ${nic} inet6 auto”), and try again; or make the bridge by hand (Patchbay then uses it).`
      : 'Make the bridge by hand (Patchbay then uses it), or use NAT.',
  )
}

const movableLease: Check = ({ facts, nic, own }) => {
  const leased = own.some(({ family, method }) => family === 'inet' && method === 'dhcp')
  if (!leased || facts.dhcpClient === 'dhclient') return null
  return refused(
    `${nic} has its address by ${facts.dhcpClient ?? 'no DHCP client'}, and Patchbay can move only a lease of dhclient’s along`,
    'Install isc-dhcp-client and bring the card up anew, or make the bridge by hand (Patchbay then uses it).',
  )
}

const ROLES: readonly (readonly [RegExp, string])[] = [
  [
    /^(wpa|wireless)[-_]/,
    'signs in to a Wi-Fi or 802.1X network, which a bridge’s port can’t do for machines',
  ],
  [/^bond[-_]master$/, 'makes it a part of a bond'],
  [/^bridge[-_]/, 'makes it a bridge'],
  [/^(ovs|batctl|openvswitch)[-_]/, 'makes it a part of another switch'],
  [/^(provider|openvpn)$/, 'starts a dial-up or VPN connection'],
]

const noOtherRole: Check = ({ nic, own }) => {
  const options = own.flatMap((stanza) => stanza.options)
  for (const [pattern, role] of ROLES) {
    const option = options.find(({ name }) => pattern.test(name))
    if (option) {
      return refused(
        `The option “${option.name}” of ${nic} ${role}`,
        'Choose another network card with --nic, or use NAT.',
      )
    }
  }
  return null
}

/** Options of other stanzas whose value is a list of links; a VLAN's own link is not among them, as it may stay on a port. */
const LINK_LISTS = /^(bond[-_]slaves|slaves|bridge[-_]ports|ovs_ports|bond[-_]primary)$/

const usedByNobody: Check = ({ config, nic }) => {
  for (const { name, file, options } of config.stanzas.filter((stanza) => stanza.name !== nic)) {
    if (name.startsWith(`${nic}:`)) {
      return refused(
        `${name} in ${file} is an alias of ${nic}`,
        `Give ${nic} its further addresses by more stanzas “iface ${nic} inet static”, and try again.`,
      )
    }
    const user = options.find(({ name: word, value }) =>
      LINK_LISTS.test(word)
        ? wordsOf(value).some((one) => one === nic || one === 'all')
        : isCommand(word) && namesLink(withoutVlan(value, name, nic), nic),
    )
    if (user) {
      return refused(
        `The stanza of ${name} in ${file} uses ${nic}: “${user.name} ${user.value}”`,
        'Patchbay changes no other stanzas: move the line, or make the bridge by hand.',
      )
    }
  }
  return null
}

/** A VLAN stays on the card, so its own lines may name it. */
const withoutVlan = (value: string, name: string, nic: string): string =>
  name.startsWith(`${nic}.`) ? value.replaceAll(name, '') : value

const clearCommands: Check = ({ nic, own }) => {
  for (const option of own.flatMap((stanza) => stanza.options)) {
    const why = unclear(option, nic)
    if (why !== null) {
      return refused(
        `The line “${option.name} ${option.value}” of ${nic} ${why.message}`,
        `${why.hint}, and try again.`,
      )
    }
  }
  return null
}

function unclear({ name, value }: Option, nic: string): { message: string; hint: string } | null {
  if (!isCommand(name)) return null
  const subject = subjectOf(value, nic)
  if (subject === 'client') {
    return {
      message: 'starts a program that looks after the network itself',
      hint: 'Use ifupdown’s own methods instead',
    }
  }
  if (subject === 'both') {
    return { message: 'sets the card and its network at once', hint: 'Split it into one line for each' }
  }
  if (subject === 'card' || !namesOtherwise(value, nic)) return null
  return { message: `names ${nic} in a way that Patchbay does not understand`, hint: 'Write $IFACE there' }
}

const freeName: Check = ({ config, bridge }) => {
  const stanza = config.stanzas.find(({ name }) => name === bridge)
  const naming = config.namings.find(({ names }) => names.includes(bridge))
  const edited = config.files.find(({ path, text }) => path === ownFileFor(bridge) || isEdited(text, bridge))
  const holder = stanza?.file ?? (naming ? `a line “${naming.word}”` : edited?.path)
  if (holder === undefined) return null
  return refused(
    `The name ${bridge} is used already in ifupdown’s configuration (${holder})`,
    'Give the bridge another name with --name.',
  )
}

const CHECKS: readonly Check[] = [
  ...[readable, configured, underItsOwnName, namedPlainly, movableMethod, movableLease, noOtherRole],
  ...[usedByNobody, clearCommands, freeName],
]

/** Why ifupdown’s configuration of `nic` can’t be given to a bridge; null when nothing speaks against it. Pure. */
export function ifupdownRefusal(facts: IfupdownFacts, nic: string, bridge: string): Failure | null {
  const config = configOf(facts)
  const asked = { facts, config, nic, bridge, own: stanzasFor(config, nic) }
  for (const check of CHECKS) {
    const failure = check(asked)
    if (failure) return failure
  }
  return null
}
