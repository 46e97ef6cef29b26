import { z } from 'zod'
import type { XmlPart } from '../world/xml-part'

/** What of a place the window hands back as it got it: XML of libvirt's that goes into a definition again. */

/** Without a prefix: libvirt keeps nothing foreign there, and a prefix would need its declaration. */
const xmlName = z.string().regex(/^[A-Za-z_][\w.-]{0,63}$/)
const text = z.string().max(1024)

/** @param depth how deep its elements may be nested: libvirt's are one deep there (`<virtualport><parameters/></virtualport>`) */
const element = (depth: number): z.ZodType<XmlPart> =>
  z.strictObject({
    name: xmlName,
    attributes: z.record(xmlName, text),
    children: z
      .array(depth === 0 ? z.never() : element(depth - 1))
      .max(16)
      .readonly(),
    text,
  })
const part = element(4)

export const placeDetails = { virtualPort: part.exactOptional(), more: part.exactOptional() }
