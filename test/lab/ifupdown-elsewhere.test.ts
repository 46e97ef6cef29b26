import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createBridge, ending, startUndoing } from './bridge-driver'
import { hostState } from './host-state'
import { startFullLab } from './index'
import { lan } from './lan'

const PLACE = '/srv/lan/racks'
const main = `auto lo ${lan.nic}
iface lo inet loopback

source /srv/lan/*

iface ${lan.nic} inet static
	address ${lan.workstation}/${lan.prefix}
	gateway ${lan.router}
`
const racks = `# For what is tested with the racks.
iface ${lan.nic} inet static
	address ${lan.second}/${lan.prefix}
`

it('a stanza outside of /etc/network: the bridge has its settings, and undo leaves the file as it was', async () => {
  const lab = await startFullLab({
    setup: 'ifupdown-static',
    files: {
      '/etc/network/interfaces': main,
      '/etc/network/interfaces.d/lan': '',
      [PLACE]: racks,
    },
  })
  try {
    const before = await hostState(lab)
    const id = await createBridge(lab)
    expect(readFileSync(lab.path(PLACE), 'utf8')).toContain(`#patchbay-br0# iface ${lan.nic} inet static`)
    expect((await ending(startUndoing(lab, id))).event).toMatchObject({ event: 'committed' })
    expect(readFileSync(lab.path(PLACE), 'utf8')).toBe(racks)
    expect(await hostState(lab)).toEqual(before)
  } finally {
    await lab.close()
  }
})
