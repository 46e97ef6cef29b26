import { Notification } from 'electron'
import type { Failure } from '../../shared/failure'
import type { Operation } from '../../shared/world/operation'
import { endingOf } from './ended-operations'

/** Tells how operations ended, on desktops that show notifications; a click on one calls `onClick`. */
export function notifyEnded(operations: readonly Operation[], onClick: () => void): void {
  for (const operation of operations) notify(operation.title, endingOf(operation) ?? '', onClick)
}

/** Tells why something asked for in the tray was refused. */
export function notifyFailure({ message, hint }: Failure, onClick: () => void): void {
  console.error(`patchbay: ${message}`)
  notify('Patchbay', hint === undefined ? message : `${message} ${hint}`, onClick)
}

function notify(title: string, body: string, onClick: () => void): void {
  if (!Notification.isSupported()) return
  const notification = new Notification({ title, body })
  notification.on('click', onClick)
  notification.show()
}
