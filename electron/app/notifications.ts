import { Notification } from 'electron'
import type { Failure } from '../../shared/failure'
import type { Operation } from '../../shared/world/operation'
import { endingOf } from './ended-operations'
import { english } from '../../shared/phrases/english'
import { inWords } from './language'

/** Tells how operations ended, on desktops that show notifications; a click on one calls `onClick`. */
export function notifyEnded(operations: readonly Operation[], onClick: () => void): void {
  for (const operation of operations)
    notify(inWords(operation.title), inWords(endingOf(operation) ?? ''), onClick)
}

/** Tells why something asked for in the tray was refused. */
export function notifyFailure({ message, hint }: Failure, onClick: () => void): void {
  console.error(`patchbay: ${english(message)}`)
  notify('Patchbay', [message, ...(hint === undefined ? [] : [hint])].map(inWords).join(' '), onClick)
}

function notify(title: string, body: string, onClick: () => void): void {
  if (!Notification.isSupported()) return
  const notification = new Notification({ title, body })
  notification.on('click', onClick)
  notification.show()
}
