import { readFile } from 'node:fs/promises'

export interface Pair {
  readonly path1: string
  readonly path2: string
  readonly isSame: boolean
  readonly fold: string
}

/** Rows of a CSV file with a heading, without quotes. @throws {Error} naming the column that is missing */
export async function readCsv<C extends string>(file: string, columns: readonly C[]): Promise<Record<C, string>[]> {
  const [heading = '', ...rows] = (await readFile(file, 'utf8')).split(/\r?\n/).filter((line) => line.trim() !== '')
  const names = heading.split(',').map((name) => name.trim())
  const places = columns.map((column) => {
    const at = names.indexOf(column)
    if (at < 0) throw new Error(`${file} has no column "${column}"; wanted: ${columns.join(',')}`)
    return [column, at] as const
  })
  /** True because every column has its place. */
  return rows.map((row) => {
    const cells = row.split(',')
    return Object.fromEntries(places.map(([column, at]) => [column, cells[at]?.trim() ?? ''])) as Record<C, string>
  })
}

/** Columns `path1,path2,same,fold`; `same` is 1 or 0. */
export async function readPairs(file: string): Promise<Pair[]> {
  const rows = await readCsv(file, ['path1', 'path2', 'same', 'fold'])
  return rows.map(({ path1, path2, same, fold }) => ({ path1, path2, isSame: same === '1', fold }))
}
