/** An element of libvirt's XML that is carried from one definition to another as it is, whatever it says. */
export interface XmlPart {
  name: string
  attributes: Readonly<Record<string, string>>
  children: readonly XmlPart[]
  /** The text directly inside; empty for most. */
  text: string
}

/** Whether two elements say the same: attributes in any order, children in theirs. */
export function sameXml(a: XmlPart | undefined, b: XmlPart | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b))
}

const inOrder = ({ name, attributes, children, text }: XmlPart): unknown => [
  name,
  Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)),
  children.map(inOrder),
  text,
]
