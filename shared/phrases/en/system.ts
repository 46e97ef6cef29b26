/** What the operating system’s own programs refuse. */
export const system = {
  'program-not-installed': ({ name }: { name: string }) => `The program “${name}” is not installed`,
  'install-package-iproute2': 'Install the package iproute2.',
  'install-package-brings': ({ name }: { name: string }) => `Install the package that brings “${name}”.`,
  'did-not-end-in-time': ({ command }: { command: string }) => `“${command}” did not end in time`,
  'connection-to-system-d-bus': 'The connection to the system’s D-Bus is gone',
  'did-not-answer-within': ({
    destination,
    member,
    seconds,
  }: {
    destination: string
    member: string
    seconds: number
  }) => `${destination} did not answer ${member} within ${seconds} s`,
  'printed-something-unexpected': ({ command }: { command: string }) =>
    `“${command}” printed something unexpected.`,
  'try-again-if-happens-again': 'Try again; if it happens again, report it with what is said below.',
  'waited-for-did-not-happen': 'What was waited for did not happen in time.',
}
