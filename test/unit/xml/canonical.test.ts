import { describe, expect, it } from 'vitest'
import { canonical } from './canonical'

/** What every other test here stands on: the comparison must see differences, and only those. */
describe('the comparison of XML', () => {
  it.each([
    ['the order of attributes', `<a b='1' c="2"/>`, `<a c='2' b='1'></a>`],
    ['the kind of quotes and references', `<a b='"&#65;&gt;'>&#x42;></a>`, `<a b="&quot;A>">B&gt;</a>`],
    ['CDATA', '<a><![CDATA[<&>]]></a>', '<a>&lt;&amp;&gt;</a>'],
    ['the declaration and the byte order mark', '\uFEFF<?xml version="1.0"?>\n<a/>', '<a/>'],
    ['line ends', '<a>\r\n<b/>\r</a>', '<a>\n<b/>\n</a>'],
    ['what is declared twice', '<p:a xmlns:p="u"><p:b xmlns:p="u"/></p:a>', '<p:a xmlns:p="u"><p:b/></p:a>'],
    ['white space in tags', '<a\n  b="1"\t><c /></a >', '<a b="1"><c/></a>'],
  ])('does not see %s', (_what, one, other) => {
    expect(canonical(one)).toBe(canonical(other))
  })

  it.each([
    ['an attribute', '<a b="1"/>', '<a b="2"/>'],
    ['an attribute too many', '<a/>', '<a b=""/>'],
    ['text', '<a>x</a>', '<a>x </a>'],
    ['white space alone', '<a> </a>', '<a/>'],
    ['a comment', '<a><!--x--></a>', '<a/>'],
    ['a comment around the root', '<!--x--><a/>', '<a/>'],
    ['an instruction', '<a><?x y?></a>', '<a><?x z?></a>'],
    ['the order of elements', '<a><b/><c/></a>', '<a><c/><b/></a>'],
    ['a namespace', '<a xmlns="u"/>', '<a xmlns="v"/>'],
    ['the namespace of a prefix', '<p:a xmlns:p="u"/>', '<p:a xmlns:p="v"/>'],
    ['a prefix', '<p:a xmlns:p="u" xmlns:q="u"/>', '<q:a xmlns:p="u" xmlns:q="u"/>'],
    ['a declaration', '<a xmlns:p="u"/>', '<a/>'],
    ['a carriage return', '<a>&#13;</a>', '<a>&#10;</a>'],
    ['where a reference keeps white space', '<a b="&#10;"/>', '<a b="\n"/>'],
    ['a line separator', '<a>\u2028\u0085</a>', '<a>\n\n</a>'],
  ])('sees %s', (_what, one, other) => {
    expect(canonical(one)).not.toBe(canonical(other))
    expect(canonical(one, 'loose')).not.toBe(canonical(other, 'loose'))
  })

  it('leaves out white space between elements when told', () => {
    const one = '<a>\n <b>\n  <c> x </c>\n </b>\n</a>\n'
    expect(canonical(one, 'loose')).toBe(canonical('<a><b><c> x </c></b></a>', 'loose'))
    expect(canonical(one)).not.toBe(canonical('<a><b><c> x </c></b></a>'))
    expect(canonical('<a>x <b/></a>', 'loose')).not.toBe(canonical('<a>x<b/></a>', 'loose'))
  })
})
