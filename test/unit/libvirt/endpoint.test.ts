import { describe, expect, it } from 'vitest'
import { resolveUri } from '../../../electron/libvirt/endpoint'
import { toFailure } from '../../../shared/failure'

const env = { HOME: '/home/dev', XDG_RUNTIME_DIR: '/run/user/1000' }

const monolithic = (socket: string, uri: string) => ({ kind: 'monolithic', all: { socket, uri } })
const modular = (folder: string, scope: string, suffix = '') => ({
  kind: 'modular',
  qemu: { socket: `${folder}/virtqemud-sock${suffix}`, uri: `qemu:///${scope}` },
  network: { socket: `${folder}/virtnetworkd-sock${suffix}`, uri: `network:///${scope}` },
})

const system = {
  uri: 'qemu:///system',
  layouts: [modular('/run/libvirt', 'system'), monolithic('/run/libvirt/libvirt-sock', 'qemu:///system')],
}

describe('a libvirt URI', () => {
  it.each([undefined, '', 'qemu:///system', 'qemu+unix:///system'])(
    '%s leads to the system’s daemons',
    (uri) => {
      expect(resolveUri(uri, { env })).toEqual(system)
    },
  )

  it('comes from LIBVIRT_DEFAULT_URI unless one is given', () => {
    const session = { ...env, LIBVIRT_DEFAULT_URI: 'qemu:///session' }
    expect(resolveUri(undefined, { env: session }).uri).toBe('qemu:///session')
    expect(resolveUri('qemu:///system', { env: session })).toEqual(system)
  })

  it('of a session leads to the user’s own daemons', () => {
    expect(resolveUri('qemu:///session', { env }).layouts).toEqual([
      modular('/run/user/1000/libvirt', 'session'),
      monolithic('/run/user/1000/libvirt/libvirt-sock', 'qemu:///session'),
    ])
    const [, cached] = resolveUri('qemu:///session', { env: { HOME: '/home/dev' } }).layouts
    expect(cached).toEqual(monolithic('/home/dev/.cache/libvirt/libvirt-sock', 'qemu:///session'))
  })

  it('for looking only leads to the read-only sockets, which sessions do not have', () => {
    expect(resolveUri('qemu:///system', { env, readOnly: true }).layouts).toEqual([
      modular('/run/libvirt', 'system', '-ro'),
      monolithic('/run/libvirt/libvirt-sock-ro', 'qemu:///system'),
    ])
    expect(resolveUri('qemu:///session', { env, readOnly: true })).toEqual(
      resolveUri('qemu:///session', { env }),
    )
  })

  it.each([
    'qemu:///system?socket=/tmp/lab/libvirt-sock',
    'qemu+unix:///system?socket=/tmp/lab/libvirt-sock',
  ])('%s leads to that socket alone', (uri) => {
    expect(resolveUri(uri, { env })).toEqual({
      uri: 'qemu:///system',
      layouts: [monolithic('/tmp/lab/libvirt-sock', 'qemu:///system')],
    })
  })

  it('with virtqemud’s socket expects virtnetworkd’s beside it', () => {
    const { layouts } = resolveUri('qemu:///system?socket=/tmp/lab/virtqemud-sock', { env })
    expect(layouts).toEqual([modular('/tmp/lab', 'system')])
  })

  it.each([
    ['qemu+ssh://host/system', 'unsupported'],
    ['qemu+tls://host/system', 'unsupported'],
    ['qemu+tcp:///system', 'unsupported'],
    ['qemu://otherhost/system', 'unsupported'],
    ['xen:///system', 'unsupported'],
    ['lxc:///', 'unsupported'],
    ['qemu:///embed', 'unsupported'],
    ['not a uri', 'usage'],
  ])('%s is refused as %s', (uri, code) => {
    let failure = null
    try {
      resolveUri(uri, { env })
    } catch (thrown) {
      failure = toFailure(thrown)
    }
    expect(failure?.code).toBe(code)
    expect(failure?.hint).toContain('qemu:///system')
  })
})
