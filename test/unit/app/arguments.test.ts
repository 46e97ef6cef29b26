import { expect, it } from 'vitest'
import { parseArguments } from '../../../electron/app/arguments'

it('takes the URI from --connect, then from LIBVIRT_DEFAULT_URI, then the system’s libvirt', () => {
  const env = { LIBVIRT_DEFAULT_URI: 'qemu:///session' }
  expect(parseArguments(['.', '--connect', 'qemu+unix:///x'], env).uri).toBe('qemu+unix:///x')
  expect(parseArguments(['.', '--connect=qemu+unix:///x'], env).uri).toBe('qemu+unix:///x')
  expect(parseArguments(['.'], env).uri).toBe('qemu:///session')
  expect(parseArguments(['.'], {}).uri).toBe('qemu:///system')
})

it('finds its own arguments among Chromium’s', () => {
  const args = ['--inspect=0', '--remote-debugging-port=0', '--disable-gpu', '/app', '--hidden']
  expect(parseArguments(args, {})).toEqual({ uri: 'qemu:///system', hidden: true })
  expect(parseArguments(['/app'], {}).hidden).toBe(false)
})
