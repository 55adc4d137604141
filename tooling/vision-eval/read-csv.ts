import { readFile } from 'node:fs/promises'

/**
 * The rows of a CSV file by the names in its first line. No quotes: paths with commas are not for these files. A row that
 * ends too early is an error that names its line.
 */
export async function readCsv<Column extends string>(
  file: string,
  columns: readonly Column[],
): Promise<Record<Column, string>[]> {
  const [header = '', ...lines] = (await readFile(file, 'utf8')).replace(/^\uFEFF/u, '').split(/\r?\n/u)
  const names = header.split(',').map((name) => name.trim())
  const places = columns.map((column) => {
    const place = names.indexOf(column)
    if (place < 0) throw new Error(`${file}: the first line names no column ${column}`)
    return [column, place] as const
  })
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return []
    const cells = line.split(',').map((cell) => cell.trim())
    const row = places.map(([column, place]) => {
      const cell = cells[place]
      if (cell === undefined || cell === '') throw new Error(`${file}:${index + 2}: no ${column}`)
      return [column, cell]
    })
    /** True because each column was found. */
    return [Object.fromEntries(row) as Record<Column, string>]
  })
}
