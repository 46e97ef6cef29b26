import fc, { type Arbitrary } from 'fast-check'

/** XML before it is decided how it is written. */
export interface Markup {
  name: string
  attributes: Readonly<Record<string, string>>
  children: readonly (Markup | string)[]
}

type Attributes = Readonly<Record<string, string | number | null>>

/** An element; attributes that are null are left out. */
export const element = (
  name: string,
  attributes: Attributes = {},
  ...children: readonly (Markup | string)[]
): Markup => ({
  name,
  attributes: Object.fromEntries(
    Object.entries(attributes).flatMap(([key, value]) => (value === null ? [] : [[key, String(value)]])),
  ),
  children,
})

/** The element or nothing. */
export const maybe = (markup: Arbitrary<Markup>): Arbitrary<readonly Markup[]> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    markup.map((one) => [one]),
  )

/** All of these in one list, in any order, as the schema lets libvirt's elements be. */
export const interleaved = (
  ...parts: readonly Arbitrary<readonly Markup[]>[]
): Arbitrary<readonly Markup[]> =>
  fc
    .tuple(...parts)
    .map((lists) => lists.flat())
    .chain((all) =>
      fc
        .shuffledSubarray([...all.keys()], { minLength: all.length })
        .map((order) => order.flatMap((index) => all[index] ?? [])),
    )
