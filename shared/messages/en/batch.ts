/** Several machines at once. */
export const batch = {
  tick: (machine: string) => `Select ${machine}`,
  tickAll: 'Select all that are shown',
  ticked: (count: number) => `${count} selected`,
  moveTo: 'Move to',
  choose: 'Choose a network…',
  move: 'Move',
  clear: 'Clear selection',
  leftOut: (machines: string) =>
    `Not with them: ${machines}. Move a machine with several cards, or none that fits, by itself.`,
  moving: (done: number, all: number, place: string) => `Moving to ${place}: ${done} of ${all}`,
  moved: (count: number, place: string) =>
    count === 1 ? `One machine is plugged into ${place}.` : `${count} machines are plugged into ${place}.`,
  already: (count: number, place: string) =>
    count === 1 ? `It is already plugged into ${place}.` : `All are already plugged into ${place}.`,
  failed: (machine: string, why: string) => `${machine} stays where it was: ${why}`,
  refused: (count: number) => (count === 1 ? 'It could not be moved' : `None of the ${count} was moved`),
  undo: 'Move them back',
  help: 'Space selects a machine, Ctrl+A all, to move several at once.',
}
