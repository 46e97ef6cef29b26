import { parseDocument, removeElements, serialize } from '../../../electron/libvirt/dom'
import { parseXml, type XmlElement } from '../../../electron/libvirt/xml'
import { canonical } from './canonical'

/** All of an `<interface>` that a switch must leave as it is, comments and foreign elements included. */
export function restOf(xml: string): string {
  const { root } = parseDocument(xml, 'interface')
  root.removeAttribute('type')
  removeElements(root, 'source')
  removeElements(root, 'virtualport')
  return canonical(serialize(root), 'loose')
}

/** All that an `<interface>` says, whatever the order of its elements, which libvirt decides anyway. */
export function wholeOf(xml: string): unknown {
  const { attributes, children } = parseXml(xml, 'interface')
  const said = children.map((child) => JSON.stringify(saidBy(child))).sort()
  return [{ ...attributes }, said]
}

const saidBy = ({ name, attributes, children, text }: XmlElement): unknown => [
  name,
  Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)),
  text.trim(),
  children.map(saidBy),
]
