import { describe, expect, it } from 'vitest'
import { elementsOf, parseDocument, serialize } from '../../../electron/libvirt/dom'
import { toFailure } from '../../../shared/failure'
import { canonical } from '../xml/canonical'

const rewritten = (xml: string): string => serialize(parseDocument(xml, 'network').root)

describe('XML that is read and written again', () => {
  it.each([
    [
      'carriage returns and tabs that references keep',
      '<network a="x&#10;y&#9;z&#13;"><name>a&#13;b&#13;&#10;c</name></network>',
    ],
    [
      'characters that end a line in XML 1.1 only',
      '<network><name>a\u2028b\u0085c&#x2028;&#x85;</name></network>',
    ],
    ['a byte order mark', '\uFEFF<network/>'],
    ['line ends of another system', '<network>\r\n <name>a\r\nb</name>\r</network>\r\n'],
    ['comments and instructions around the root', '<!-- a --><?b c?>\n<network/>\n<!-- d -->'],
    ['a declaration', "<?xml version='1.0' encoding='UTF-8'?>\n<network/>"],
    ['CDATA with an end of CDATA in it', '<network><a><![CDATA[<x>&]]]]><![CDATA[>]]></a></network>'],
    [
      'namespaces undone and done again',
      '<network xmlns:p="1"><a xmlns="2"><b xmlns=""><p:c xmlns:p="3" p:d=""/></b></a></network>',
    ],
    [
      'two prefixes for one namespace',
      '<network xmlns:p="1" xmlns:q="1"><p:a q:b="c"/><q:a p:b="c"/></network>',
    ],
    [
      'characters beyond the first plane',
      '<network><name>\u{1F600}&#x1F600; 名</name><名 é="値"/></network>',
    ],
    [
      'names that objects have',
      '<network __proto__="a" constructor="b"><toString hasOwnProperty="c"/></network>',
    ],
  ])('keeps %s', (_what, xml) => {
    expect(canonical(rewritten(xml))).toBe(canonical(xml))
  })

  it('keeps the namespaces of an element that is taken out', () => {
    const xml = '<network xmlns="u" xmlns:p="v"><ip p:a="1"><p:b/></ip></network>'
    const [ip] = elementsOf(parseDocument(xml, 'network').root, 'ip')
    const alone = '<ip xmlns="u" xmlns:p="v" p:a="1"><p:b/></ip>'
    expect(ip && canonical(serialize(ip))).toBe(canonical(alone))
  })

  it('does not say how a text is encoded that has become a string', () => {
    expect(rewritten("<?xml version='1.0' encoding='ISO-8859-1'?><network>é</network>")).toBe(
      '<network>é</network>',
    )
  })

  it.each([
    ['an attribute without quotes', '<network a=1/>'],
    ['an attribute without a value', '<network a/>'],
    ['attributes without space between', '<network a="1"b="2"/>'],
    ['a bare ampersand', '<network>a & b</network>'],
    ['an ampersand in an attribute', '<network a="b & c"/>'],
    ['the end of CDATA that never began', '<network>]]></network>'],
    ['a NUL', '<network><name>a\0b</name></network>'],
    ['a reference to a NUL', '<network><name>a&#0;b</name></network>'],
    ['a control character', '<network>\u0001</network>'],
    ['an attribute given twice by its namespace', '<network xmlns:p="u" xmlns:q="u" p:a="1" q:a="2"/>'],
    ['a prefix that is not declared', '<network><p:a/></network>'],
    ['a document type', '<!DOCTYPE network [<!ENTITY a "b">]><network/>'],
    ['another root', '<domain/>'],
    ['more depth than libvirt reads', `<network>${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}</network>`],
  ])('is refused for %s', (_what, xml) => {
    let code = 'no error'
    try {
      rewritten(xml)
    } catch (thrown) {
      code = toFailure(thrown).code
    }
    expect(code).toBe('protocol')
  })
})
