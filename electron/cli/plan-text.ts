import type { BridgePlan, PlanNotice, PlanRow } from '../../shared/helper/plan'

/** The whole plan, for people. */
export function planText(plan: BridgePlan): string {
  return [
    `Make the bridge ${plan.bridge} from ${plan.nic}, managed by ${plan.manager}.`,
    section('Now', plan.before.map(rowText)),
    section('Afterwards', plan.after.map(rowText)),
    section(
      'Changes',
      plan.changes.map(({ text, target }) => `${text} (${target})`),
    ),
    section('Good to know', plan.notices.map(noticeText)),
    `The network will be gone for about ${plan.expectedGapMs} ms.`,
    `Undo: ${plan.undo}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** What to know before the prompt comes up. */
export const essentialsOf = (plan: BridgePlan): string[] => [
  `Make the bridge ${plan.bridge} from ${plan.nic}; its addresses, routes, name servers and MAC move to the bridge.`,
  ...plan.changes.map(({ text, target }) => `  ${text} (${target})`),
  ...plan.notices.filter(({ severity }) => severity !== 'good').map((notice) => `  ${noticeText(notice)}`),
  `  Undo: ${plan.undo}`,
]

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n')

const rowText = ({ link, role, lines }: PlanRow): string =>
  [`${link}, ${role}`, ...lines.map((line) => `    ${line}`)].join('\n')

function noticeText({ severity, text }: PlanNotice): string {
  return severity === 'warning' ? `Warning: ${text}` : text
}
