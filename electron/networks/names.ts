import { PatchbayError, type Failure } from '../../shared/failure'
import { linkName } from '../../shared/helper/protocol'
import { say, type Text } from '../../shared/phrases/phrase'

/** The input makes no sense, whatever the host is like. */
export const wrong = (field: string, message: Text, hint: Text): PatchbayError =>
  new PatchbayError({ code: 'usage', message, hint, field })

/** The input would make sense, but not here and now. */
export const refused = (field: string, message: Text, hint: Text, more: WaysOut = {}): PatchbayError =>
  new PatchbayError({ code: 'refused', message, hint, field, ...more })

type WaysOut = Pick<Failure, 'shellHint' | 'remedy'>

/**
 * libvirt keeps `NAME.xml` and, for its DNS, `NAME.addnhosts` (src/network/bridge_driver.c): 255 bytes are what a file
 * name has room for.
 */
const LONGEST_NAME = 255 - '.addnhosts'.length

/** @throws PatchbayError `usage` for a name that libvirt does not take, or nobody could write down again. */
export function checkNetworkName(name: string): void {
  const hint = say('use-letters-digits-dots-hyphens')
  if (name === '' || name.trim() !== name) {
    throw wrong('name', say('network-name-cannot-empty-nor'), hint)
  }
  // The slash is libvirt's own limit, the colon that of `network:NAME`.
  const forbidden = /[/:\p{Cc}]/u.exec(name)?.[0]
  if (forbidden !== undefined) {
    const shown = /\p{Cc}/u.test(forbidden) ? say('control-characters') : `“${forbidden}”`
    throw wrong('name', say('network-name-cannot-contain', { shown }), hint)
  }
  if (new TextEncoder().encode(name).length > LONGEST_NAME) {
    throw wrong('name', say('network-name-cannot-longer', { most: LONGEST_NAME }), hint)
  }
}

/** @throws PatchbayError `usage` for a name that the kernel gives to no link, or that would need quoting. */
export function checkLinkName(name: string, field: string): void {
  if (linkName.safeParse(name).success) return
  throw wrong(field, say('cannot-name-network-link', { name }), say('use-up-to-15-letters'))
}

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i

/** @throws PatchbayError `usage` for what is no name in DNS (RFC 1123). */
export function checkDnsName(name: string, field: string): void {
  if (name.length <= 253 && name.split('.').every((label) => LABEL.test(label))) return
  throw wrong(field, say('no-name-in-dns', { name }), say('use-letters-digits-hyphens'))
}

/** The name a machine asks by; libvirt takes none that begins with a digit. @throws PatchbayError `usage` */
export function checkMachineName(name: string, field: string): void {
  checkDnsName(name, field)
  if (!/^[a-z]/i.test(name))
    throw wrong(field, say('must-begin-with-letter', { name }), say('take-another-name'))
}

/** A machine's MAC in lower case with colons. @throws PatchbayError `usage` */
export function parseMac(text: string, field: string): string {
  const mac = text.toLowerCase().replaceAll('-', ':')
  const hint = say('mac-looks-like-52-54')
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(mac)) throw wrong(field, say('no-mac-address', { text }), hint)
  // The lowest bit of the first byte marks a group of receivers (IEEE 802).
  if (parseInt(mac.slice(0, 2), 16) & 1 || mac === '00:00:00:00:00:00') {
    throw wrong(field, say('belongs-to-no-single-network', { mac }), hint)
  }
  return mac
}
