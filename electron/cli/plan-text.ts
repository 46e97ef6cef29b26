import type { BridgePlan, PlanNotice, PlanRow } from '../../shared/helper/plan'
import { say, type Text } from '../../shared/phrases/phrase'
import { said } from './language'

/** The whole plan, for people. */
export function planText(plan: BridgePlan): string {
  const { bridge, nic, manager, expectedGapMs } = plan
  return [
    said(say('plan-head', { bridge, nic, manager })),
    section(say('plan-now'), plan.before.map(rowText)),
    section(say('plan-afterwards'), plan.after.map(rowText)),
    section(say('plan-changes'), plan.changes.map(changeText)),
    section(say('plan-good-to-know'), plan.notices.map(noticeText)),
    said(say('plan-gone-for', { ms: expectedGapMs })),
    said(say('plan-undo', { how: plan.undo })),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** What to know before the prompt comes up. */
export const essentialsOf = (plan: BridgePlan): string[] => [
  said(say('plan-essence', { bridge: plan.bridge, nic: plan.nic })),
  ...plan.changes.map((change) => `  ${changeText(change)}`),
  ...plan.notices.filter(({ severity }) => severity !== 'good').map((notice) => `  ${noticeText(notice)}`),
  `  ${said(say('plan-undo', { how: plan.undo }))}`,
]

const section = (title: Text, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [`${said(title)}:`, ...lines.map((line) => `  ${line}`)].join('\n')

const rowText = ({ link, role, lines }: PlanRow): string =>
  [`${link}, ${said(role)}`, ...lines.map((line) => `    ${said(line)}`)].join('\n')

const changeText = ({ text, target }: BridgePlan['changes'][number]): string => `${said(text)} (${target})`

const noticeText = ({ severity, text }: PlanNotice): string =>
  said(severity === 'warning' ? say('plan-warning', { text }) : text)
