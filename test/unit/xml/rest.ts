import { parseDocument, removeElements, serialize } from '../../../electron/libvirt/dom'
import { canonical } from './canonical'

/** All of an `<interface>` that a switch must leave as it is, comments and foreign elements included. */
export function restOf(xml: string): string {
  const { root } = parseDocument(xml, 'interface')
  root.removeAttribute('type')
  removeElements(root, 'source')
  removeElements(root, 'virtualport')
  return canonical(serialize(root), 'loose')
}
