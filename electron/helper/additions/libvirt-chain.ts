import { z } from 'zod'
import { runCommand } from '../../system/command'
import { readJson } from '../../system/json-output'

/**
 * With its nftables backend (10.4 and later) libvirt decides in a chain of its own what is forwarded to its bridges, and
 * rejects there what others begin. An accept anywhere else does not count beside it, because every base chain must let a
 * packet pass; so ours goes into that chain, before libvirt's rules (src/network/network_nftables.c).
 */
const TABLE = 'libvirt_network'
const CHAIN = 'guest_input'

/** One rule of that chain, which the comment tells from everybody else's. */
export interface LibvirtChainRule {
  /** In nft's own words. */
  match: string
  /** Its own; no other rule has it. */
  mark: string
}

/** Of libnftables-json(5), what is needed here. */
const listed = z.object({
  nftables: z.array(
    z.object({
      chain: z.object({ name: z.string() }).optional(),
      rule: z.object({ chain: z.string(), handle: z.number(), comment: z.string().optional() }).optional(),
    }),
  ),
})

type Listed = { kind: 'no-table' } | { kind: 'unknown-table' } | { kind: 'rules'; rules: ChainRule[] }
interface ChainRule {
  handle: number
  comment: string
}

/** Whether libvirt has such a table, and whether it looks as this program knows it. */
export async function libvirtChain(): Promise<Listed> {
  if (!(await hasTable(TABLE))) return { kind: 'no-table' }
  const words = ['-j', 'list', 'table', 'ip', TABLE]
  const { nftables } = readJson(`nft ${words.join(' ')}`, await runCommand('nft', words), listed)
  if (!nftables.some(({ chain }) => chain?.name === CHAIN)) return { kind: 'unknown-table' }
  const rules = nftables.flatMap(({ rule }) =>
    rule?.chain === CHAIN ? [{ handle: rule.handle, comment: rule.comment ?? '' }] : [],
  )
  return { kind: 'rules', rules }
}

/** Whether there is a table of the family `ip` with that name. */
export async function hasTable(name: string): Promise<boolean> {
  return (await runCommand('nft', ['list', 'tables', 'ip'])).split('\n').includes(`table ip ${name}`)
}

/** Puts an accepting rule before libvirt's, in one step with removing it from where it was. Nothing where libvirt has no such chain. */
export async function putInLibvirtChain({ match, mark }: LibvirtChainRule): Promise<void> {
  const chain = await libvirtChain()
  if (chain.kind !== 'rules' || isFirst(chain.rules, mark)) return
  const insert = `insert rule ip ${TABLE} ${CHAIN} ${match} accept comment "${mark}"`
  await runCommand('nft', ['-f', '-'], { input: [...removals(chain.rules, mark), insert, ''].join('\n') })
}

/** Removes it, however often it is there. */
export async function removeFromLibvirtChain({ mark }: LibvirtChainRule): Promise<void> {
  const chain = await libvirtChain()
  const lines = chain.kind === 'rules' ? removals(chain.rules, mark) : []
  if (lines.length > 0) await runCommand('nft', ['-f', '-'], { input: [...lines, ''].join('\n') })
}

/** Whether it is in its place; also where libvirt has no such chain, which then rejects nothing. */
export async function isInLibvirtChain({ mark }: LibvirtChainRule): Promise<boolean> {
  const chain = await libvirtChain()
  return chain.kind !== 'rules' || isFirst(chain.rules, mark)
}

/** There once, with nothing but Patchbay's before it. */
function isFirst(rules: readonly ChainRule[], mark: string): boolean {
  const [index, ...more] = rules.flatMap(({ comment }, at) => (comment === mark ? [at] : []))
  if (index === undefined || more.length > 0) return false
  return rules.slice(0, index).every(({ comment }) => comment.startsWith('patchbay:'))
}

const removals = (rules: readonly ChainRule[], mark: string): string[] =>
  rules
    .filter(({ comment }) => comment === mark)
    .map(({ handle }) => `delete rule ip ${TABLE} ${CHAIN} handle ${handle}`)
