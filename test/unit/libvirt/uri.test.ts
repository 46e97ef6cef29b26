import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sshArguments } from '../../../electron/libvirt/ssh-command'
import { isRemote, parseLibvirtUri, type SshUri } from '../../../electron/libvirt/uri'
import { PatchbayError, type Failure } from '../../../shared/failure'
import { english } from '../../../shared/phrases/english'

const ssh: SshUri = {
  transport: 'ssh',
  scope: 'system',
  host: 'lab',
  port: null,
  user: null,
  keyfile: null,
  socket: null,
  netcat: null,
  mayAsk: true,
}

function failureOf(uri: string): Failure {
  try {
    parseLibvirtUri(uri)
  } catch (thrown) {
    if (thrown instanceof PatchbayError) return thrown.failure
    throw thrown
  }
  throw new Error(`${uri} was taken`)
}

describe('a libvirt URI', () => {
  it.each<[string, Partial<SshUri>]>([
    ['qemu+ssh://lab/system', {}],
    ['QEMU+SSH://Lab.example/session', { host: 'Lab.example', scope: 'session' }],
    ['qemu+ssh://dev@lab:2222/system', { user: 'dev', port: 2222 }],
    ['qemu+ssh://dev%40corp.example@10.0.0.7/system', { user: 'dev@corp.example', host: '10.0.0.7' }],
    ['qemu+ssh://[fd00::7]:22/system', { host: 'fd00::7', port: 22 }],
    [
      'qemu+ssh://lab/system?keyfile=/home/dev/a%20key&no_tty=1',
      { keyfile: '/home/dev/a key', mayAsk: false },
    ],
    ['qemu+ssh://lab/system?socket=/x/sock&netcat=/opt/nc', { socket: '/x/sock', netcat: '/opt/nc' }],
  ])('%s is read', (uri, parts) => {
    expect(parseLibvirtUri(uri)).toEqual({ ...ssh, ...parts })
  })

  it.each([
    ['not a uri', 'no libvirt URI'],
    ['qemu:/system', 'no libvirt URI'],
    ['qemu+ssh+unix:///system', 'scheme'],
    ['qemu:///system#top', 'fragment'],
    ['qemu:///embed', 'path'],
    ['qemu:///', 'path'],
    ['qemu:///system/', 'path'],
    ['qemu+unix://lab/system', 'host'],
    ['qemu+ssh:///system', 'host'],
    ['qemu+ssh://-oProxyCommand=reboot/system', 'host'],
    ['qemu+ssh://la b/system', 'host'],
    ['qemu+ssh://$(reboot)/system', 'host'],
    ['qemu+ssh://[fd00::7/system', 'host'],
    ['qemu+ssh://[lab]/system', 'host'],
    ['qemu+ssh://-l@lab/system', 'user'],
    ['qemu+ssh://a;b@lab/system', 'user'],
    ['qemu+ssh://%E0%A4%A@lab/system', 'user'],
    ['qemu+ssh://lab:/system', 'port'],
    ['qemu+ssh://lab:0/system', 'port'],
    ['qemu+ssh://lab:70000/system', 'port'],
    ['qemu+ssh://lab:ssh/system', 'port'],
    ['qemu+ssh://lab/system?keyfile=id', 'keyfile'],
    ['qemu+ssh://lab/system?no_tty=yes', 'no_tty'],
    ['qemu+ssh://lab/system?no_verify=1', 'no_verify'],
    ['qemu+ssh://lab/system?command=/bin/sh', 'command'],
    ['qemu:///system?socket=', 'socket'],
    ['qemu:///system?socket=run/sock', 'socket'],
    ['qemu:///system?socket=/a%00b', 'socket'],
    [`qemu:///system?socket=/${'x'.repeat(120)}`, 'socket'],
    ['qemu:///system?socket=/a&socket=/b', 'socket'],
    ['qemu:///system?sock=/a', 'sock'],
    ['qemu:///system?keyfile=/a', 'keyfile'],
  ])('%s is refused for its %s', (uri, part) => {
    const { code, message, hint } = failureOf(uri)
    expect(code).toBe('usage')
    expect(english(message)).toContain(part)
    expect(english(hint ?? '')).toContain('qemu:///system')
  })

  it.each([
    ['qemu+tls://lab/system', 'qemu+ssh://lab/system'],
    ['qemu://dev@lab:16514/system', 'qemu+ssh://dev@lab/system'],
    ['qemu+tcp://lab:16509/session', 'qemu+ssh://lab/session'],
    ['qemu+libssh2://dev@lab/system', 'qemu+ssh://dev@lab/system'],
    ['qemu+tcp:///system', 'qemu:///system'],
    ['qemu+ext:///system', 'qemu:///system'],
    ['xen:///system', 'qemu:///system'],
    ['lxc:///', 'qemu:///system'],
    ['test:///default', 'qemu:///system'],
  ])('%s is refused, and what to use instead is %s', (uri, instead) => {
    expect(failureOf(uri)).toMatchObject({ code: 'unsupported' })
    expect(english(failureOf(uri).hint ?? '')).toContain(instead)
  })

  it('does not repeat a password', () => {
    for (const uri of ['qemu+ssh://dev:hunter2@lab/system', 'qemu+tcp://dev:hunter2@lab/system']) {
      expect(JSON.stringify(failureOf(uri))).not.toContain('hunter2')
    }
  })

  it('leads to another computer with ssh only; nonsense leads nowhere', () => {
    const uris = ['qemu+ssh://lab/system', 'qemu:///system', 'qemu+tls://lab/system', 'nonsense']
    expect(uris.map(isRemote)).toEqual([true, false, false, false])
  })

  it('whatever it is, is read or refused in words, and never hands ssh an option', () => {
    const bits = [
      'qemu',
      '+ssh',
      '://',
      '/',
      '@',
      ':',
      '?',
      '&',
      '=',
      '-o',
      '%',
      ' ',
      '$(x)',
      "'",
      'lab',
      '/system',
      '22',
    ]
    const pieces = fc.array(fc.oneof(fc.constantFrom(...bits), fc.string({ maxLength: 3 })), { maxLength: 8 })
    const text = fc.oneof(
      pieces.map((some) => some.join('')),
      pieces.map((some) => `qemu+ssh://${some.join('')}/system`),
    )
    fc.assert(
      fc.property(text, (uri) => {
        try {
          const parsed = parseLibvirtUri(uri)
          if (parsed.transport !== 'ssh') return
          const words = sshArguments(parsed, false, false)
          const [host] = words.slice(words.indexOf('--') + 1)
          expect(host).toMatch(/^[A-Za-z0-9_:][A-Za-z0-9_.:-]*$/)
          expect(parsed.user ?? 'x').toMatch(/^[A-Za-z0-9_]/)
        } catch (thrown) {
          if (!(thrown instanceof PatchbayError)) throw thrown
          expect(['usage', 'unsupported']).toContain(thrown.failure.code)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
