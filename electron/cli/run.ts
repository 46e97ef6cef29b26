import { exitCodeOf, toFailure, type Failure } from '../../shared/failure'
import { version } from '../../package.json'
import { parseArguments, wantsJson, type Invocation } from './arguments'
import type { Answer, Command } from './command'
import { helpFor } from './help'
import { said } from './language'
import { inEnglish } from '../../shared/phrases/english'

/** What the command line leaves: texts for standard output and standard error, and the exit code. */
export interface Outcome {
  stdout: string
  stderr: string
  code: 0 | 1 | 2 | 3 | 4 | 5
}

/**
 * Runs one command line.
 * @param perform runs the command with the services at the URI (undefined: the default one) and closes them
 */
export async function run(
  argv: readonly string[],
  commands: readonly Command[],
  perform: (
    command: Command,
    input: Parameters<Command['run']>[0],
    uri: string | undefined,
  ) => Promise<Answer>,
): Promise<Outcome> {
  let json = wantsJson(argv)
  try {
    const invocation = parseArguments(argv, commands)
    if (invocation.kind === 'run') json = invocation.json
    const answer = await answerOf(invocation, commands, perform)
    return {
      stdout: json ? toJson({ ok: true, ...answer.document }) : line(answer.text),
      stderr: '',
      code: 0,
    }
  } catch (thrown) {
    const failure = onShell(toFailure(thrown))
    const code = exitCodeOf(failure)
    return json
      ? { stdout: toJson({ ok: false, failure }), stderr: '', code }
      : { stdout: '', stderr: line(failureText(failure)), code }
  }
}

async function answerOf(
  invocation: Invocation,
  commands: readonly Command[],
  perform: Parameters<typeof run>[2],
): Promise<Answer> {
  switch (invocation.kind) {
    case 'help':
      return {
        document: { help: helpFor(invocation.command, commands) },
        text: helpFor(invocation.command, commands),
      }
    case 'version':
      return { document: { version }, text: `patchbay ${version}` }
    case 'run':
      return perform(invocation.command, invocation.input, invocation.uri)
  }
}

function onShell({ shellHint, ...failure }: Failure): Failure {
  return shellHint === undefined ? failure : { ...failure, hint: shellHint }
}

/** What happened, why, and what to do next. The detail is for a report, and only given for a defect. */
function failureText({ code, message, hint, detail }: Failure): string {
  const known = code !== 'internal' && code !== 'protocol'
  return [
    `patchbay: ${said(message)}`,
    hint === undefined ? undefined : said(hint),
    known ? undefined : detail,
  ]
    .filter((text) => text !== undefined)
    .join('\n')
}

const toJson = (document: Record<string, unknown>): string => `${JSON.stringify(document, inEnglish, 2)}\n`
const line = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`)
