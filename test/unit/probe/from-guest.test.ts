import { describe, expect, it } from 'vitest'
import { LibvirtError } from '../../../electron/libvirt/errors'
import type { Libvirt } from '../../../electron/libvirt/libvirt'
import { pingFromGuest } from '../../../electron/probe/from-guest'
import { machine } from '../shared/worlds'

interface Command {
  execute: string
  arguments: { path?: string; arg?: string[]; pid?: number }
}

const refusal = () =>
  new LibvirtError('domainAgentCommand', {
    ...{ code: 86, domain: 10, level: 2, message: 'no', dom: null, net: null },
    ...{ str1: null, str2: null, str3: null, int1: 0, int2: 0 },
  })

/** A libvirt whose machine has an agent that answers with these, in order; an error is thrown. */
function withAgent(answers: readonly (object | Error)[]): { libvirt: Libvirt; commands: Command[] } {
  const commands: Command[] = []
  const call = (name: string, args: { cmd?: string }): Promise<unknown> => {
    if (name === 'domainLookupByUuid') return Promise.resolve({ dom: { name: 'web', uuid: 'id', id: 1 } })
    commands.push(JSON.parse(args.cmd ?? '') as Command)
    const answer = answers[commands.length - 1]
    if (answer instanceof Error) return Promise.reject(answer)
    return Promise.resolve({ result: JSON.stringify({ return: answer }) })
  }
  return { libvirt: { call } as unknown as Libvirt, commands }
}

const web = machine('web', { state: 'running' })
const ping = (libvirt: Libvirt) => pingFromGuest(libvirt, web, '10.0.0.1')

describe('a ping by the guest agent', () => {
  it('is started with the address as an argument of its own, and waited for', async () => {
    const { libvirt, commands } = withAgent([
      {},
      { pid: 7 },
      { exited: false },
      { exited: true, exitcode: 0 },
    ])
    expect(await ping(libvirt)).toEqual({ by: 'ping', from: 'web', to: '10.0.0.1', answeredBy: '10.0.0.1' })
    expect(commands.map(({ execute }) => execute)).toEqual([
      'guest-ping',
      'guest-exec',
      'guest-exec-status',
      'guest-exec-status',
    ])
    expect(commands[1]?.arguments).toMatchObject({ path: 'ping', arg: ['-c', '2', '-W', '1', '10.0.0.1'] })
    expect(commands[2]?.arguments).toEqual({ pid: 7 })
  })

  it('that nobody answers is silence, and one that can’t be run is no evidence', async () => {
    const silent = withAgent([{}, { pid: 7 }, { exited: true, exitcode: 1 }])
    expect((await ping(silent.libvirt))?.answeredBy).toBeNull()
    expect(await ping(withAgent([{}, { pid: 7 }, { exited: true, exitcode: 127 }]).libvirt)).toBeNull()
    expect(await ping(withAgent([{}, refusal()]).libvirt)).toBeNull()
  })

  it('without an agent fails as libvirt says', async () => {
    await expect(ping(withAgent([refusal()]).libvirt)).rejects.toBeInstanceOf(LibvirtError)
  })
})
