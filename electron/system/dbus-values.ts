/**
 * D-Bus values as plain TypeScript: dictionaries become records, variants become `Variant`, everything else
 * stays what it is. The library's own form (pairs, and signatures as parsed trees) ends here.
 * Signatures: D-Bus specification, "Type System".
 */

/** A value that carries its own type, as in the `v` of `a{sv}`. */
export interface Variant {
  signature: string
  value: unknown
}

export const variant = (signature: string, value: unknown): Variant => ({ signature, value })

/** One complete type of a signature. `child` holds an array's element or the fields of a struct or pair. */
export interface DbusType {
  type: string
  child: DbusType[]
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
}

export function isVariant(value: unknown): value is Variant {
  return isRecord(value) && typeof value.signature === 'string' && 'value' in value
}

/** Splits a signature into its complete types. Throws an `Error` when brackets don't match. */
export function parseSignature(signature: string): DbusType[] {
  let position = 0
  const closing: Record<string, string> = { '(': ')', '{': '}' }
  const next = (): DbusType => {
    const type = signature[position++]
    if (type === undefined) throw new Error(`the signature “${signature}” ends too early`)
    if (type === 'a') return { type, child: [next()] }
    const end = closing[type]
    if (end === undefined) return { type, child: [] }
    const child: DbusType[] = []
    while (signature[position] !== end) child.push(next())
    position++
    return { type, child }
  }
  const types: DbusType[] = []
  while (position < signature.length) types.push(next())
  return types
}

function signatureOf({ type, child }: DbusType): string {
  const inner = child.map(signatureOf).join('')
  if (type === '(') return `(${inner})`
  if (type === '{') return `{${inner}}`
  return type + inner
}

/** From the library's form to ours. `ay` stays bytes. */
export function decode(type: DbusType, raw: unknown): unknown {
  const [element] = type.child
  if (type.type === 'v') return decodeVariant(raw)
  if (type.type === 'a' && element?.type === 'y') return raw
  if (type.type === 'a' && element?.type === '{') return decodeDictionary(element, raw)
  if (type.type === 'a' && element) return listOf(raw).map((item) => decode(element, item))
  if (type.type === '(') return listOf(raw).map((item, index) => decodeField(type.child[index], item))
  return raw
}

function decodeVariant(raw: unknown): Variant {
  const [types, values] = listOf(raw)
  const type = listOf(types)[0]
  if (!isType(type)) throw new Error('a D-Bus variant without a type arrived')
  return { signature: signatureOf(type), value: decode(type, listOf(values)[0]) }
}

function decodeDictionary(pair: DbusType, raw: unknown): Record<string, unknown> {
  const entries = listOf(raw).map((entry): [string, unknown] => {
    const [key, value] = listOf(entry)
    return [String(key), decodeField(pair.child[1], value)]
  })
  return Object.fromEntries(entries)
}

function decodeField(type: DbusType | undefined, raw: unknown): unknown {
  if (!type) throw new Error('a D-Bus value has more fields than its type')
  return decode(type, raw)
}

/** From our form to the library's. */
export function encode(type: DbusType, value: unknown): unknown {
  const [element] = type.child
  if (type.type === 'v') return encodeVariant(value)
  if (type.type === 'a' && element?.type === '{') {
    const valueType = element.child[1]
    if (!isRecord(value) || !valueType) throw new Error('a D-Bus dictionary must be a record')
    return Object.entries(value).map(([key, item]) => [key, encode(valueType, item)])
  }
  if (type.type === 'a' && element?.type === 'y') return value
  if (type.type === 'a' && element) return listOf(value).map((item) => encode(element, item))
  if (type.type === '(') {
    return listOf(value).map((item, index) => {
      const field = type.child[index]
      if (!field) throw new Error('a D-Bus struct has more fields than its type')
      return encode(field, item)
    })
  }
  return value
}

function encodeVariant(value: unknown): unknown {
  if (!isVariant(value)) throw new Error('a D-Bus variant needs its signature')
  const [type] = parseSignature(value.signature)
  if (!type) throw new Error('a D-Bus variant needs its signature')
  return [value.signature, encode(type, value.value)]
}

function listOf(raw: unknown): unknown[] {
  if (!Array.isArray(raw)) throw new Error('a D-Bus list was expected')
  return raw
}

function isType(value: unknown): value is DbusType {
  return isRecord(value) && typeof value.type === 'string' && Array.isArray(value.child)
}
