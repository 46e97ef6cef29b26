import { describe, expect, it } from 'vitest'
import { resolveUri } from '../../../electron/libvirt/endpoint'

const env = { HOME: '/home/dev', XDG_RUNTIME_DIR: '/run/user/1000' }

const at = (socket: string, uri: string) => ({ via: 'socket', socket, uri })
const monolithic = (socket: string, uri: string) => ({ kind: 'monolithic', all: at(socket, uri) })
const modular = (folder: string, scope: string, suffix = '') => ({
  kind: 'modular',
  qemu: at(`${folder}/virtqemud-sock${suffix}`, `qemu:///${scope}`),
  network: at(`${folder}/virtnetworkd-sock${suffix}`, `network:///${scope}`),
})

const system = {
  uri: 'qemu:///system',
  layouts: [modular('/run/libvirt', 'system'), monolithic('/run/libvirt/libvirt-sock', 'qemu:///system')],
  startsDaemon: false,
}
const uid = 1000

describe('a libvirt URI', () => {
  it.each([undefined, '', 'qemu:///system', 'qemu+unix:///system'])(
    '%s leads to the system’s daemons',
    (uri) => {
      expect(resolveUri(uri, { env })).toEqual(system)
    },
  )

  it('comes from LIBVIRT_DEFAULT_URI unless one is given', () => {
    const session = { ...env, LIBVIRT_DEFAULT_URI: 'qemu:///session' }
    expect(resolveUri(undefined, { env: session, uid }).uri).toBe('qemu:///session')
    expect(resolveUri('qemu:///system', { env: session, uid })).toEqual(system)
  })

  it('of a session leads to the user’s own daemon, which is started when there is none', () => {
    expect(resolveUri('qemu:///session', { env, uid })).toEqual({
      uri: 'qemu:///session',
      layouts: [
        monolithic('/run/user/1000/libvirt/virtqemud-sock', 'qemu:///session'),
        monolithic('/run/user/1000/libvirt/libvirt-sock', 'qemu:///session'),
      ],
      startsDaemon: true,
    })
  })

  it.each([
    [{ HOME: '/home/dev' }, '/home/dev/.cache/libvirt/libvirt-sock'],
    [{ HOME: '/home/dev', XDG_RUNTIME_DIR: '', XDG_CACHE_HOME: '' }, '/home/dev/.cache/libvirt/libvirt-sock'],
    [{ HOME: '/home/dev', XDG_CACHE_HOME: '/cache' }, '/cache/libvirt/libvirt-sock'],
  ])('of a session with %j lies where libvirt puts it', (where, socket) => {
    const [, layout] = resolveUri('qemu:///session', { env: where, uid }).layouts
    expect(layout).toEqual(monolithic(socket, 'qemu:///session'))
  })

  it('of a session starts nothing when libvirt is told not to, nor at a socket that is named', () => {
    const quiet = { ...env, LIBVIRT_AUTOSTART: '0' }
    expect(resolveUri('qemu:///session', { env: quiet, uid }).startsDaemon).toBe(false)
    expect(resolveUri('qemu:///session?socket=/tmp/sock', { env, uid }).startsDaemon).toBe(false)
  })

  it('of a session is nothing for root, who has none', () => {
    expect(() => resolveUri('qemu:///session', { env, uid: 0 })).toThrow(/root has no libvirt session/)
  })

  it('for looking only leads to the read-only sockets, which sessions do not have', () => {
    expect(resolveUri('qemu:///system', { env, readOnly: true }).layouts).toEqual([
      modular('/run/libvirt', 'system', '-ro'),
      monolithic('/run/libvirt/libvirt-sock-ro', 'qemu:///system'),
    ])
    expect(resolveUri('qemu:///session', { env, uid, readOnly: true })).toEqual(
      resolveUri('qemu:///session', { env, uid }),
    )
  })

  it.each([
    'qemu:///system?socket=/tmp/lab/libvirt-sock',
    'qemu+unix:///system?socket=/tmp/lab/libvirt-sock',
  ])('%s leads to that socket alone', (uri) => {
    expect(resolveUri(uri, { env }).layouts).toEqual([monolithic('/tmp/lab/libvirt-sock', 'qemu:///system')])
  })

  it('with virtqemud’s socket expects virtnetworkd’s beside it', () => {
    const { layouts } = resolveUri('qemu:///system?socket=/tmp/lab/virtqemud-sock', { env })
    expect(layouts).toEqual([modular('/tmp/lab', 'system')])
  })

  it('of another computer leads there through one ssh, and opens what is local there', () => {
    const resolved = resolveUri('qemu+ssh://dev@lab/session', { env })
    expect(resolved).toMatchObject({ uri: 'qemu:///session', startsDaemon: false })
    expect(resolved.layouts).toMatchObject([
      { kind: 'monolithic', all: { via: 'ssh', uri: 'qemu:///session', to: { host: 'lab', user: 'dev' } } },
    ])
  })
})
