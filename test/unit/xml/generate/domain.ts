import fc, { type Arbitrary } from 'fast-check'
import { metadata } from './common'
import { anyInterface, type GeneratedInterface } from './interface'
import { element, interleaved, maybe, type Markup } from './markup'
import { orNull, text, uuid, visibleText } from './text'

export interface GeneratedDomain {
  markup: Markup
  title: string | null
  nics: readonly GeneratedInterface[]
}

const disk = text.map((file) =>
  element('disk', { type: 'file' }, element('source', { file }), element('target', { dev: 'vda' })),
)
const graphics = text.map((passwd) => element('graphics', { type: 'vnc', passwd }))
const commandline = fc
  .array(text, { maxLength: 3 })
  .map((values) =>
    element(
      'qemu:commandline',
      { 'xmlns:qemu': 'http://libvirt.org/schemas/domain/qemu/1.0' },
      ...values.map((value) => element('qemu:arg', { value })),
    ),
  )

/** `<domain>` with NICs of every type, each with its own MAC. */
export const domain: Arbitrary<GeneratedDomain> = fc
  .record({
    name: visibleText,
    title: orNull(visibleText),
    uuid,
    nics: fc.uniqueArray(anyInterface, { maxLength: 4, selector: ({ mac }) => mac.toLowerCase() }),
    more: interleaved(
      maybe(metadata),
      maybe(commandline),
      maybe(text.map((value) => element('description', {}, value))),
    ),
    devices: interleaved(fc.array(disk, { maxLength: 2 }), maybe(graphics)),
  })
  .chain(({ name, title, uuid: id, nics, more, devices }) =>
    interleaved(
      fc.constant([
        element('name', {}, name),
        element('uuid', {}, id),
        ...(title === null ? [] : [element('title', {}, title)]),
        // NICs stay in their order, which the model has as well.
        element('devices', {}, ...devices, ...nics.map(({ markup }) => markup)),
      ]),
      fc.constant(more),
    ).map((children) => ({ markup: element('domain', { type: 'kvm' }, ...children), title, nics })),
  )
