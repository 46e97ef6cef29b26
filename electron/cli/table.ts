/**
 * Aligned columns with a heading, for people. Columns that are empty in every row are left out.
 * @param rows one entry a cell, in the order of the headings
 */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const used = headings.map((_, column) => rows.some((row) => (row[column] ?? '') !== ''))
  const lines = [headings, ...rows].map((row) =>
    headings.map((_, i) => row[i] ?? '').filter((_, i) => used[i]),
  )
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => widthOf(line[column] ?? ''))),
  )
  return lines
    .map((line) =>
      line
        .map((cell, i) => pad(cell, widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Code points, not UTF-16 units; names in East Asian scripts take more room and are then less well aligned. */
const widthOf = (text: string): number => Array.from(text).length

const pad = (text: string, width: number): string => text + ' '.repeat(width - widthOf(text))
