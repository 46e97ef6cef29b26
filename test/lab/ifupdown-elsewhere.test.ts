import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createBridge, ending, startUndoing } from './bridge-driver'
import { hostState } from './host-state'
import { startFullLab } from './index'
import { lan } from './lan'

const PLACE = '/srv/lan/desk'
const desk = `auto ${lan.nic}
iface ${lan.nic} inet static
	address ${lan.workstation}/${lan.prefix}
	gateway ${lan.router}
`

it('a stanza outside of /etc/network: the bridge has its settings, and undo leaves the file as it was', async () => {
  const lab = await startFullLab({
    setup: 'ifupdown-static',
    files: {
      '/etc/network/interfaces': 'auto lo\niface lo inet loopback\n\nsource /srv/lan/*\n',
      '/etc/network/interfaces.d/lan': '',
      [PLACE]: desk,
    },
  })
  try {
    const before = await hostState(lab)
    const id = await createBridge(lab)
    expect(readFileSync(lab.path(PLACE), 'utf8')).toContain(`#patchbay-br0# iface ${lan.nic} inet static`)
    expect((await ending(startUndoing(lab, id))).event).toMatchObject({ event: 'committed' })
    expect(readFileSync(lab.path(PLACE), 'utf8')).toBe(desk)
    expect(await hostState(lab)).toEqual(before)
  } finally {
    await lab.close()
  }
})
