import { systemBus } from '@homebridge/dbus-native'
import { PatchbayError } from '../../shared/failure'
import { decode, encode, isRecord, parseSignature } from './dbus-values'
import { say } from '../../shared/phrases/phrase'

/** What is called: a method of an interface of an object of a service. */
export interface Method {
  destination: string
  path: string
  interface: string
  member: string
}

export interface Signal {
  path: string
  interface: string
  member: string
  body: readonly unknown[]
}

export interface Bus {
  /**
   * Calls a method and returns what it returns, decoded (see dbus-values).
   * Throws a `DbusError` for the service's own errors, a `PatchbayError` when the bus is gone or silent.
   */
  call(method: Method, signature?: string, args?: readonly unknown[]): Promise<readonly unknown[]>
  /** Hears the signals of `interface` from `sender` until the returned function is called. */
  listen(
    match: { sender: string; interface: string },
    listener: (signal: Signal) => void,
  ): Promise<() => void>
  /** Settles when the connection ends, by itself or by `close`. */
  closed: Promise<void>
  close(): void
}

/** An error reply. `name` as on the wire, e.g. `org.freedesktop.NetworkManager.Device.NotActive`. */
export class DbusError extends Error {
  constructor(
    readonly errorName: string,
    message: string,
  ) {
    super(message)
    this.name = 'DbusError'
  }
}

const REPLY_MS = 25_000

/** D-Bus message types (specification, "Message Format"). */
const SIGNAL = 4

const busGone = (): PatchbayError =>
  new PatchbayError({ code: 'unsupported', message: say('connection-to-system-d-bus') })

/**
 * Connects to the system bus at its usual place.
 * Throws a `PatchbayError` `unsupported` when there is none.
 */
export async function openSystemBus(): Promise<Bus> {
  const library = systemBus()
  const { connection } = library
  const pending = new Set<(error: PatchbayError) => void>()
  let open = true
  let end: () => void = () => undefined
  const closed = new Promise<void>((resolve) => (end = resolve))
  const lose = (): void => {
    open = false
    for (const reject of pending) reject(busGone())
    pending.clear()
    end()
  }
  connection.on('error', lose)
  connection.on('end', lose)
  connection.stream.on('close', lose)

  const call: Bus['call'] = (method, signature = '', args = []) =>
    new Promise((resolve, reject) => {
      if (!open) {
        reject(busGone())
        return
      }
      const late = setTimeout(() => {
        fail(
          new PatchbayError({
            code: 'timeout',
            message: say('did-not-answer-within', {
              destination: method.destination,
              member: method.member,
              seconds: REPLY_MS / 1000,
            }),
          }),
        )
      }, REPLY_MS)
      const settle = (): void => {
        clearTimeout(late)
        pending.delete(fail)
      }
      const fail = (error: Error): void => {
        settle()
        reject(error)
      }
      pending.add(fail)
      const types = parseSignature(signature)
      const body = types.map((type, index) => encode(type, args[index]))
      const message = signature === '' ? method : { ...method, signature, body }
      library.invoke(message, function (this: unknown, error: unknown, ...values: unknown[]) {
        settle()
        if (error !== null && error !== undefined) reject(errorOf(error))
        else resolve(decodeBody(this, values))
      })
    })

  const listen: Bus['listen'] = async ({ sender, interface: name }, listener) => {
    const rule = `type='signal',sender='${sender}',interface='${name}'`
    const hear = (message: unknown): void => {
      const signal = signalOf(message)
      if (signal?.interface === name) listener(signal)
    }
    connection.on('message', hear)
    await call({ ...BUS, member: 'AddMatch' }, 's', [rule])
    return () => connection.off('message', hear)
  }

  const bus: Bus = {
    call,
    listen,
    closed,
    close: () => {
      if (open) connection.stream.end()
      open = false
    },
  }
  await call({ ...BUS, member: 'GetId' })
  return bus
}

const BUS = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
}

/** The library binds the reply's signature to `this` of its callback. */
function decodeBody(context: unknown, values: readonly unknown[]): unknown[] {
  const signature = isRecord(context) ? context.signature : undefined
  return decodeValues(typeof signature === 'string' ? signature : '', values)
}

function decodeValues(signature: string, values: readonly unknown[]): unknown[] {
  return parseSignature(signature).map((type, index) => decode(type, values[index]))
}

function errorOf(error: unknown): Error {
  if (error instanceof Error) return error
  if (!isRecord(error)) return new Error(String(error))
  return new DbusError(String(error.name), String(error.message))
}

function signalOf(message: unknown): Signal | null {
  if (!isRecord(message) || message.type !== SIGNAL) return null
  const { path, interface: name, member, signature, body } = message
  if (typeof path !== 'string' || typeof name !== 'string' || typeof member !== 'string') return null
  const values: readonly unknown[] = Array.isArray(body) ? body : []
  return {
    path,
    interface: name,
    member,
    body: decodeValues(typeof signature === 'string' ? signature : '', values),
  }
}

/** Whether a service runs under this name; does not start it. */
export async function isOwned(bus: Bus, name: string): Promise<boolean> {
  const method = {
    destination: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus',
    member: 'NameHasOwner',
  }
  const [owned] = await bus.call(method, 's', [name])
  return owned === true
}
