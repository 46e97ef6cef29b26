import { connect, type Socket } from 'node:net'
import { PatchbayError, type Failure } from '../../shared/failure'
import { unreachable } from './unreachable'

/** Bytes to and from a daemon: over its own socket, or through a program that leads to one. */
export interface Channel {
  /** Whoever takes what arrives; to be named once, at once. */
  listen: (listener: ChannelListener) => void
  write: (bytes: Buffer) => void
  /** Ends it at once; resolves when nothing of it is left. Safe to call again. */
  destroy: () => Promise<void>
}

export interface ChannelListener {
  received: (chunk: Buffer) => void
  /** It ended by itself, or broke; told once at least. */
  ended: (failure: Failure) => void
}

/** Connects to a Unix socket. @throws PatchbayError `libvirt-unreachable` or `not-permitted`. */
export function openSocket(path: string): Promise<Channel> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path })
    const refused = (error: Error): void =>
      reject(new PatchbayError(unreachable(path, error), { cause: error }))
    socket.once('error', refused)
    socket.once('connect', () => {
      socket.off('error', refused)
      resolve(socketChannel(socket, path))
    })
  })
}

const socketChannel = (socket: Socket, path: string): Channel => ({
  listen: ({ received, ended }) => {
    socket.on('data', received)
    socket.on('error', (error) => ended(unreachable(path, error)))
    socket.on('close', () => ended(unreachable(path, new Error('hung up'))))
  },
  write: (bytes) => void socket.write(bytes),
  destroy: () => {
    socket.destroy()
    return Promise.resolve()
  },
})
