import { describe, expect, it } from 'vitest'
import { answerReach, type ReachSources } from '../../../electron/services/reach'
import { toFailure } from '../../../shared/failure'
import { link, machine, network, nic, world } from '../shared/worlds'

const MAC = '52:54:00:00:00:01'
const access = link('access0', { kind: 'macvlan', parent: 'enp3s0' })
const route = {
  ...({ family: 4, to: '10.77.0.140', via: null, link: 'access0' } as const),
  ...{ metric: null, table: 'main', protocol: 'static' },
}
const withAccess = world({
  host: { ...world().host, links: [link('enp3s0'), access], routes: [route] },
  networks: [network('pool', { kind: 'macvtap', bridge: null, links: ['enp3s0'], mode: 'bridge' })],
  machines: [
    machine('web', { state: 'running', nics: [nic(MAC, { live: { type: 'network', network: 'pool' } })] }),
    machine('host', { state: 'off' }),
  ],
})

const sources: ReachSources = {
  neighbours: () => Promise.resolve([{ dst: '10.77.0.140', dev: 'access0', lladdr: MAC, state: ['STALE'] }]),
  fromHost: (ip) => Promise.resolve([{ by: 'ping', from: 'host', to: ip, answeredBy: ip }]),
  fromGuest: () => Promise.resolve('no-agent'),
}

describe('who reaches whom', () => {
  it('knows the address of a machine that the host has met, and tries it when asked', async () => {
    const asked = { from: 'host', to: 'web', probe: false }
    const { said, probe } = await answerReach(withAccess, asked, sources)
    expect([said, probe]).toEqual([{ answer: 'yes', reason: { code: 'host-access', on: 'access0' } }, null])
    const tried = await answerReach(withAccess, { ...asked, probe: true }, sources)
    expect(tried.probe?.conclusion).toBe('agrees')
  })

  it('takes host for this host, and machine:host for a machine that is named so', async () => {
    const to = async (word: string) =>
      (await answerReach(withAccess, { from: word, to: 'lan', probe: false }, sources)).said.reason.code
    expect([await to('host'), await to('machine:host')]).toEqual(['on-lan', 'machine-off'])
  })

  it('says what it can of another computer’s machines, and refuses to try it from here', async () => {
    const { said } = await answerReach(withAccess, { from: 'lan', to: 'web', probe: false }, null)
    expect(said.answer).toBe('yes')
    const failed = answerReach(withAccess, { from: 'lan', to: 'web', probe: true }, null)
    expect(await failed.catch(toFailure)).toMatchObject({ code: 'refused' })
  })

  it('names a machine that is not there', async () => {
    const failed = answerReach(withAccess, { from: 'host', to: 'nope', probe: false }, sources)
    expect(await failed.catch(toFailure)).toMatchObject({ code: 'not-found' })
  })
})
