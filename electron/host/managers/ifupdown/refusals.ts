import type { Failure } from '../../../../shared/failure'
import { type Config, configOf, covers, type PlacedStanza, renamings, stanzasFor, unknowable } from './config'
import { isCommand } from './derive'
import { isEdited, ownFileFor } from './edit'
import type { IfupdownFacts } from './files'
import { matchesPattern } from './patterns'
import { type Option, wordsOf } from './syntax'
import { namesLink, namesOtherwise, subjectOf } from './words'
import { say, type Text } from '../../../../shared/phrases/phrase'

interface Case {
  facts: IfupdownFacts
  config: Config
  nic: string
  bridge: string
  /** The NIC's own stanzas. */
  own: readonly PlacedStanza[]
}

type Check = (asked: Case) => Failure | null

const refused = (message: Text, hint: Text): Failure => ({ code: 'refused', message, hint })

const readable: Check = ({ facts, config, nic }) => {
  const [obstacle] = facts.obstacles
  if (obstacle !== undefined) {
    return refused(
      say('ifupdown-configuration-cannot-read', { nic, obstacle }),
      say('name-files-plainly-in-etc'),
    )
  }
  const [fault] = config.faults
  if (fault === undefined) return null
  return refused(
    say('ifupdown-does-not-understand-line', { file: fault.file, line: fault.line, nic, text: fault.text }),
    say('correct-line-ifquery-list-complains'),
  )
}

const configured: Check = ({ nic, own }) => {
  if (own.length > 0) return null
  return refused(say('no-stanza-iface-in-ifupdown', { nic }), say('give-bring-up-ifup-try'))
}

const underItsOwnName: Check = ({ facts, config, nic }) => {
  const mapped = config.mappings.some(({ patterns }) => patterns.some((one) => matchesPattern(one, nic)))
  if (mapped) return refused(say('mapping-script-chooses-stanza', { nic }), plainName(nic))
  const other = facts.up.find(({ link, stanza }) => link === nic && stanza !== nic)?.stanza
  const [renaming] = renamings(config, nic)
  if (other === undefined && renaming === undefined) return null
  return refused(say('brought-up-stanza-not-own', { nic, other: other ?? renaming ?? '' }), plainName(nic))
}

const plainName = (nic: string): Text => say('name-stanza-iface-try-again', { nic })

const namedPlainly: Check = ({ config, nic }) => {
  const renames = config.namings.filter(({ word }) => word === 'rename').flatMap(({ names }) => names)
  const renamed = renames.find((name) => name.endsWith(`=${nic}`) || covers(name, nic))
  if (renamed !== undefined) return refused(say('ifupdown-renames-rename', { nic, renamed }), plainName(nic))
  const [pattern] = unknowable(config)
  if (pattern === undefined) return null
  return refused(
    say('chooses-links-only-ifupdown-can', { pattern }),
    say('name-links-instead-auto-try', { nic }),
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
      say(heir ? 'inherits-options' : 'is-template', { nic }),
      say('write-options-out-try-again'),
    )
  }
  const odd = own.find(({ family, method }) => METHODS[family]?.includes(method) !== true)
  if (!odd) return null
  return refused(
    say('stanza-iface-cannot-moved', { nic, family: odd.family, method: odd.method }),
    odd.method === 'dhcp' ? say('let-router-word-do-iface', { nic }) : say('make-bridge-hand-patchbay-then'),
  )
}

const movableLease: Check = ({ facts, nic, own }) => {
  const leased = own.some(({ family, method }) => family === 'inet' && method === 'dhcp')
  if (!leased || facts.dhcpClient === 'dhclient') return null
  return refused(
    say('address-by-client', { nic, client: facts.dhcpClient ?? say('no-dhcp-client') }),
    say('install-isc-dhcp-client-bring'),
  )
}

const ROLES: readonly (readonly [RegExp, Text])[] = [
  [/^(wpa|wireless)[-_]/, say('signs-in-to-wi-fi')],
  [/^bond[-_]master$/, say('makes-part-bond')],
  [/^bridge[-_]/, say('makes-bridge')],
  [/^(ovs|batctl|openvswitch)[-_]/, say('makes-part-another-switch')],
  [/^(provider|openvpn)$/, say('starts-dial-up-or-vpn')],
]

const noOtherRole: Check = ({ nic, own }) => {
  const options = own.flatMap((stanza) => stanza.options)
  for (const [pattern, role] of ROLES) {
    const option = options.find(({ name }) => pattern.test(name))
    if (option) {
      return refused(
        say('the-option-of', { name: option.name, nic, role }),
        say('choose-another-network-card'),
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
        say('in-alias', { name, file, nic }),
        say('give-further-addresses-more-stanzas', { nic }),
      )
    }
    const user = options.find(({ name: word, value }) =>
      LINK_LISTS.test(word)
        ? wordsOf(value).some((one) => one === nic || one === 'all')
        : isCommand(word) && namesLink(withoutVlan(value, name, nic), nic),
    )
    if (user) {
      return refused(
        say('stanza-in-uses', { name, file, nic, option: user.name, value: user.value }),
        say('patchbay-changes-no-other-stanzas'),
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
        say('the-line-of', { name: option.name, value: option.value, nic, message: why.message }),
        say('and-try-again', { what: why.hint }),
      )
    }
  }
  return null
}

function unclear({ name, value }: Option, nic: string): { message: Text; hint: Text } | null {
  if (!isCommand(name)) return null
  const subject = subjectOf(value, nic)
  if (subject === 'client') {
    return {
      message: say('starts-program-looks-after-network'),
      hint: say('use-ifupdown-own-methods-instead'),
    }
  }
  if (subject === 'both') {
    return { message: say('sets-card-network-at-once'), hint: say('split-into-line-for-each') }
  }
  if (subject === 'card' || !namesOtherwise(value, nic)) return null
  return { message: say('names-in-way-patchbay-does', { nic }), hint: say('write-iface') }
}

const freeName: Check = ({ config, bridge }) => {
  const stanza = config.stanzas.find(({ name }) => name === bridge)
  const naming = config.namings.find(({ names }) => names.includes(bridge))
  const edited = config.files.find(({ path, text }) => path === ownFileFor(bridge) || isEdited(text, bridge))
  const holder = stanza?.file ?? (naming ? say('a-line', { word: naming.word }) : edited?.path)
  if (holder === undefined) return null
  return refused(say('name-used-already-in-ifupdown', { bridge, holder }), say('give-bridge-another-name'))
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
