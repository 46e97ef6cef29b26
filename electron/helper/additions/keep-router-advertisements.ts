import { PatchbayError } from '../../../shared/failure'
import type { AdditionOf } from '../../../shared/helper/host-addition'
import type { AdditionKind } from './kind'
import { putSettingBack, readSetting, writeSetting } from './settings'
import { say } from '../../../shared/phrases/phrase'

/** A host that forwards listens to routers only at 2 (kernel: Documentation/networking/ip-sysctl.rst, `accept_ra`). */
const ALWAYS = '2'

const settingOf = (link: string): string => `ipv6/conf/${link}/accept_ra`

export const keepRouterAdvertisements: AdditionKind<AdditionOf<'keep-router-advertisements'>> = {
  lasting: false,
  async check({ link }) {
    const before = await readSetting(settingOf(link))
    if (before !== null) return { before }
    throw new PatchbayError({ code: 'not-found', message: say('no-link-with-ipv6', { link }) })
  },
  apply: ({ addition: { link } }) => writeSetting(settingOf(link), ALWAYS),
  revert: ({ addition: { link }, before }) =>
    putSettingBack(settingOf(link), ALWAYS, before.before ?? ALWAYS),
  inForce: async ({ addition: { link } }) => (await readSetting(settingOf(link))) === ALWAYS,
}
