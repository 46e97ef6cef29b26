import fc, { type Arbitrary } from 'fast-check'
import { element, interleaved, maybe, type Markup } from './markup'
import { ipv4, ipv6, orNull, text, uuid, visibleText } from './text'

/** Elements that networks and NICs share (libvirt, networkcommon.rng). */

const speed = orNull(fc.integer({ min: 1, max: 1e6 }))
const rates = (name: string): Arbitrary<Markup> =>
  fc
    .record({ average: speed, peak: speed, burst: speed, floor: speed })
    .map((attributes) => element(name, attributes))

export const bandwidth = interleaved(maybe(rates('inbound')), maybe(rates('outbound'))).map((children) =>
  element('bandwidth', {}, ...children),
)

const tag = fc
  .tuple(fc.integer({ min: 0, max: 4095 }), orNull(fc.constantFrom('tagged', 'untagged')))
  .map(([id, nativeMode]) => element('tag', { id, nativeMode }))

export const vlan = fc
  .tuple(orNull(fc.constant('yes')), fc.array(tag, { minLength: 1, maxLength: 4 }))
  .map(([trunk, tags]) => element('vlan', { trunk }, ...tags))

export const virtualport = fc
  .tuple(
    orNull(fc.constantFrom('openvswitch', '802.1Qbg', '802.1Qbh', 'midonet')),
    orNull(
      fc.record({
        managerid: orNull(fc.nat(255)),
        typeid: orNull(fc.nat(0xffffff)),
        typeidversion: orNull(fc.nat(255)),
        instanceid: orNull(uuid),
        profileid: orNull(visibleText),
        interfaceid: orNull(uuid),
      }),
    ),
  )
  .map(([type, parameters]) =>
    element('virtualport', { type }, ...(parameters ? [element('parameters', parameters)] : [])),
  )

export const route = fc.oneof(
  fc
    .tuple(ipv4, ipv4, orNull(fc.nat(32)), orNull(fc.nat(99)))
    .map(([address, gateway, prefix, metric]) => element('route', { address, gateway, prefix, metric })),
  fc
    .tuple(ipv6, ipv6)
    .map(([address, gateway]) => element('route', { family: 'ipv6', address, gateway, prefix: 48 })),
)

export const mtu = fc.nat(65_535).map((size) => element('mtu', { size }))
export const isolated = fc.constantFrom('yes', 'no').map((value) => element('port', { isolated: value }))

/** What other programs keep there, made to look like libvirt's own. */
export const metadata = fc
  .tuple(text, visibleText, fc.constantFrom('urn:a', 'http://libvirt.org/schemas/domain/qemu/1.0'))
  .map(([value, body, namespace]) =>
    element(
      'metadata',
      {},
      element(
        'a:copy',
        { 'xmlns:a': namespace, 'a:value': value, value },
        element('network', { xmlns: '' }, element('name', {}, 'no'), element('forward', { mode: 'route' })),
        element(
          'devices',
          {},
          element('interface', { type: 'user' }, element('mac', { address: '52:54:00:00:00:00' })),
        ),
        element('a:body', {}, body),
      ),
      element('other', { xmlns: 'urn:other' }, element('ip', { address: '9.9.9.9' })),
    ),
  )
