import { describe, expect, it } from 'vitest'
import { parseDocument, serialize } from '../../../electron/libvirt/dom'
import { parseMachine } from '../../../electron/machines/machine-xml'
import { canonical } from './canonical'
import { EXPECTED_DOMAINS } from './expected-domains'
import { DOMAIN_SAMPLES } from './samples'

describe('the machine samples', () => {
  it('are all expected to say something', () => {
    expect(DOMAIN_SAMPLES.map(({ name }) => name).sort()).toEqual(Object.keys(EXPECTED_DOMAINS).sort())
  })

  it('have NICs of every type that libvirt knows', () => {
    const types = new Set(
      DOMAIN_SAMPLES.flatMap(({ xml }) => [...xml.matchAll(/<interface\s+type='(\w+)'/g)]).map(
        ([, type]) => type,
      ),
    )
    // virDomainNetType (libvirt, src/conf/domain_conf.h)
    const known =
      'user ethernet vhostuser server client mcast network bridge internal direct hostdev udp vdpa null vds'
    expect([...types]).toEqual(expect.arrayContaining(known.split(' ')))
  })

  describe.each(DOMAIN_SAMPLES)('$name', ({ name, xml }) => {
    it('is read as what it is', () => {
      expect(parseMachine(xml)).toEqual(EXPECTED_DOMAINS[name])
    })

    it('is the same when it is written back', () => {
      const written = serialize(parseDocument(xml, 'domain').root)
      expect(canonical(written)).toBe(canonical(xml))
      expect(parseMachine(written)).toEqual(parseMachine(xml))
    })
  })
})
