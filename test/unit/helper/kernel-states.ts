import fc from 'fast-check'
import type { LinkState } from '../../../electron/helper/kernel/link-state'

export const MAC = '02:70:62:00:00:03'

const ip4 = fc.tuple(fc.nat(255), fc.nat(255)).map(([a, b]) => `10.${a}.${b}.7`)
const ip6 = fc.integer({ min: 1, max: 0xffff }).map((part) => `fd77::${part.toString(16)}`)
const seconds = fc.option(fc.integer({ min: 1, max: 86_400 }), { nil: null })

/** What the kernel may have for a NIC. */
export const anyState: fc.Arbitrary<LinkState> = fc.record({
  link: fc.constant('enp3s0'),
  mac: fc.constant(MAC),
  mtu: fc.integer({ min: 1280, max: 9000 }),
  addresses: fc
    .uniqueArray(
      fc.oneof(
        fc.record({ family: fc.constant(4 as const), ip: ip4, prefix: fc.constant(24) }),
        fc.record({ family: fc.constant(6 as const), ip: ip6, prefix: fc.constant(64) }),
      ),
      { selector: ({ ip }) => ip, maxLength: 5 },
    )
    .chain((addresses) =>
      fc.tuple(...addresses.map(() => seconds)).map((lives) =>
        addresses.map((address, index) => {
          const life = lives[index] ?? null
          return { ...address, options: [], valid: life, preferred: life }
        }),
      ),
    ),
  routes: fc.array(
    fc.oneof(
      ip4.map((via) => ({ family: 4 as const, words: ['default', 'via', via, 'metric', '100'] })),
      ip4.map((to) => ({ family: 4 as const, words: [to, 'scope', 'link', 'table', '100'] })),
      ip6.map((via) => ({ family: 6 as const, words: ['default', 'via', via, 'expires', '1700'] })),
    ),
    { maxLength: 5 },
  ),
  neighbours: fc.array(fc.record({ ip: ip4, mac: fc.constant(MAC), permanent: fc.boolean() }), {
    maxLength: 3,
  }),
  proxies: fc.array(ip4, { maxLength: 2 }),
})
