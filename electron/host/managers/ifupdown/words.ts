import { wordsOf } from './syntax'

/** Where ifupdown may go on after a link's name; a dot or a colon leads to a VLAN or an alias, another link. */
const NAME = 'A-Za-z0-9_.:@/-'

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&')

/**
 * The places where `name` is clearly meant as a device: alone as a word (`dev enp3s0`, `-o enp3s0;`, `fe80::1%enp3s0`),
 * as the label of an alias (`enp3s0:1`), or as its settings in sysctl (`net.ipv4.conf.enp3s0.…`).
 */
function devicePattern(name: string): RegExp {
  const link = escaped(name)
  const alone = `(?<![${NAME}])${link}(?=:\\d|(?![${NAME}]))`
  const sysctl = `(?<=\\bnet[./]ipv[46][./](?:conf|neigh)[./])${link}(?=[./])`
  return new RegExp(`${alone}|${sysctl}`, 'g')
}

/** The text with `to` in place of the device `from`. */
export const withDevice = (text: string, from: string, to: string): string =>
  text.replace(devicePattern(from), () => to)

/** Whether the text still names the link in a way that `withDevice` does not understand. */
export const namesOtherwise = (text: string, name: string): boolean =>
  text.replace(devicePattern(name), '').includes(name)

/** Whether the text names the link, as itself, as an alias or as a VLAN on it. */
export const namesLink = (text: string, name: string): boolean =>
  new RegExp(`(?<![A-Za-z0-9_-])${escaped(name)}(?![A-Za-z0-9_-])`).test(text)

/** Programs that set the card itself, and so must go on doing it to the card. */
const CARD_PROGRAMS = ['ethtool', 'mii-tool', 'mii-diag', 'iw', 'iwconfig', 'tc']

/** Programs that would run beside the address ifupdown gives the link. */
const CLIENTS =
  /(^|[\s/;&|])(dhclient|dhcpcd|udhcpc|pump|pppd|pppoe|pon|wpa_supplicant|hostapd|ifup|ifdown)(?=$|[\s;&|])/

const NEUTRAL = ['', '[', 'test', 'true', 'false', ':', 'sleep', 'echo', 'exit', 'fi', 'done', 'esac', '!']
const SHELL_WORDS = ['if', 'then', 'else', 'elif', 'do', 'while', 'until', '!', '{', '(', 'exec', 'sudo', '-']

/**
 * What a command of `pre-up`, `up`, `down`, `post-down` is about: the card, whose settings stay with it; the link, whose
 * addresses, routes and filters move to the bridge; both at once; or a client that the move would not know of.
 */
export type Subject = 'card' | 'link' | 'both' | 'client'

export function subjectOf(command: string, nic: string): Subject {
  if (CLIENTS.test(command)) return 'client'
  const subjects = new Set(command.split(/[;&|\n]+/).flatMap((part) => subjectOfPart(part, nic)))
  if (subjects.size > 1) return 'both'
  return subjects.has('card') ? 'card' : 'link'
}

function subjectOfPart(part: string, nic: string): ('card' | 'link')[] {
  const words = wordsOf(part)
  while (words[0] !== undefined && SHELL_WORDS.includes(words[0])) words.shift()
  const program = (words[0] ?? '').replace(/^.*\//, '')
  const device = new RegExp(`^(${escaped(nic)}|"?\\$\\{?IFACE\\}?"?)$`)
  const ofCard = new RegExp(`/sys/class/net/("?\\$\\{?IFACE\\}?"?|${escaped(nic)})/`)
  // Writing to /sys/class/net/… sets the card; only asking there (`[ -e …`) says nothing.
  if (program === 'echo' && ofCard.test(part)) return ['card']
  if (NEUTRAL.includes(program)) return []
  if (CARD_PROGRAMS.includes(program) || ofCard.test(part)) return ['card']
  if (program === 'ip') {
    const object = words.slice(1).find((word) => !word.startsWith('-'))
    const isLink = object !== undefined && 'link'.startsWith(object)
    return isLink && words.some((word) => device.test(word)) ? ['card'] : ['link']
  }
  if (program === 'ifconfig') {
    const settings = words.slice(2)
    const addresses = settings.some((word) => /^[0-9a-fA-F]*[.:][0-9a-fA-F.:/]+$/.test(word))
    return settings.length > 0 && !addresses ? ['card'] : ['link']
  }
  return ['link']
}
