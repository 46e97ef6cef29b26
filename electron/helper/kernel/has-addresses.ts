import { readAddresses } from '../../system/ip-json'

/** Whether the kernel has all these addresses on a link. */
export async function hasAddresses(link: string, wanted: readonly string[]): Promise<boolean> {
  const addresses = (await readAddresses()).find(({ ifname }) => ifname === link)?.addr_info ?? []
  return wanted.every((ip) => addresses.some(({ local }) => local === ip))
}
