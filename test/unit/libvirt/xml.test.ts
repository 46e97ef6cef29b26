import { describe, expect, it } from 'vitest'
import { at, attribute, parseXml, textAt } from '../../../electron/libvirt/xml'
import { toFailure } from '../../../shared/failure'

describe('reading XML', () => {
  it('takes entities, CDATA, declarations and both quotes', () => {
    const xml = `<?xml version="1.0"?>\n<!-- saved -->\n<a b='1 > "0"' c="it's">x &lt;&amp;&#233;&#xe9; <![CDATA[<raw>]]></a>\n`
    const root = parseXml(xml, 'a')
    expect({ ...root.attributes }).toEqual({ b: '1 > "0"', c: "it's" })
    expect(root.text).toBe('x <&éé <raw>')
  })

  it('finds elements, attributes and text by path', () => {
    const root = parseXml("<a><b><c d='e'> f </c><c d='g'/></b><h/></a>", 'a')
    expect(attribute(at(root, 'b', 'c'), 'd')).toBe('e')
    expect(attribute(at(root, 'b', 'x', 'c'), 'd')).toBeNull()
    expect(textAt(root, 'b', 'c')).toBe('f')
    expect(textAt(root, 'h')).toBeNull()
  })

  it.each([
    ['nothing', ''],
    ['another root', '<network/>'],
    ['two roots', '<domain/><domain/>'],
    ['text around the root', '<domain/>rest'],
    ['an element that is not closed', '<domain><a>'],
    ['an element closed by another', '<domain><a></domain></a>'],
    ['an end too many', '<domain/></domain>'],
    ['a tag cut short', '<domain><a b="'],
    ['an attribute without quotes', '<domain a=1/>'],
    ['a document type, which could define entities', '<!DOCTYPE domain [<!ENTITY a "b">]><domain/>'],
  ])('refuses %s', (_what, xml) => {
    let code = 'no error'
    try {
      parseXml(xml, 'domain')
    } catch (thrown) {
      code = toFailure(thrown).code
    }
    expect(code).toBe('protocol')
  })
})
