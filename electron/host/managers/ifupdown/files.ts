import { type Text } from '../../../../shared/phrases/phrase'
/** What is read of ifupdown, as plain data: it becomes part of the facts about the host, and of their hash. */
export interface IfupdownFacts {
  /** The files in the order in which ifupdown reads them; the first is /etc/network/interfaces. */
  files: readonly InterfacesFile[]
  /** What kept a file from being read or followed, in words. */
  obstacles: readonly Text[]
  /** Which stanza each link was brought up by: `/run/network/ifstate`. */
  up: readonly { link: string; stanza: string }[]
  /** The DHCP client that ifupdown would start; null when there is none. */
  dhcpClient: DhcpClient | null
}

export interface InterfacesFile {
  /** As ifupdown names it. */
  path: string
  /** Where its bytes really are, when `path` leads there by symbolic links. */
  realPath: string
  /** One character for each byte (latin1). */
  text: string
  stamp: FileStamp
}

/** Tells whether a file is still the same one. */
export interface FileStamp {
  size: number
  /** Milliseconds since 1970, with fractions. */
  mtimeMs: number
  /** Permission bits. */
  mode: number
  uid: number
  gid: number
}

export type DhcpClient = 'dhclient' | 'udhcpc' | 'dhcpcd'

/** The file that everything begins with; `ifup -i` is for trying things. */
export const INTERFACES = '/etc/network/interfaces'

/** `LINK=STANZA` on every line of /run/network/ifstate (ifupdown 0.8.41, main.c, `update_state`). */
export function parseIfstate(text: string): { link: string; stanza: string }[] {
  return text.split('\n').flatMap((line) => {
    const [, link, stanza] = /^\s*([^=\s]+)=(\S+)\s*$/.exec(line) ?? []
    return link === undefined || stanza === undefined ? [] : [{ link, stanza }]
  })
}
