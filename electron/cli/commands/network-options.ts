import { PatchbayError } from '../../../shared/failure'
import type { AddressWish } from '../../../shared/world/network-wish'
import { textOf, type Input, type Option } from '../command'

/** Options of `network create` and `network change` alike. */
export const addressOptions: Readonly<Record<string, Option>> = {
  subnet: { value: 'CIDR', help: 'IPv4 subnet; with a host part, that is the host’s own address' },
  dhcp: { value: 'FIRST-LAST', help: 'addresses to give out, or “off”' },
  ipv6: { value: 'CIDR', help: '“auto” for a private subnet, a /64 of your own, or “off”' },
  domain: { value: 'DOMAIN', help: 'DNS domain of the machines, or “off”' },
  mtu: { value: 'BYTES', help: 'MTU, or “off” for the usual one' },
}

export const addressWishOf = (input: Input): AddressWish => ({
  subnet: textOf(input, 'subnet') ?? null,
  dhcp: textOf(input, 'dhcp') ?? null,
  ipv6: textOf(input, 'ipv6') ?? null,
  domain: textOf(input, 'domain') ?? null,
  mtu: textOf(input, 'mtu') ?? null,
})

/** One of a few words. @throws PatchbayError `usage` */
export function wordOf<T extends string>(text: string, option: string, words: readonly T[]): T {
  const word = words.find((one) => one === text)
  if (word !== undefined) return word
  throw new PatchbayError({
    code: 'usage',
    field: option,
    message: `“${text}” is no ${option} of a network.`,
    hint: `Choose one of: ${words.join(', ')}.`,
  })
}
