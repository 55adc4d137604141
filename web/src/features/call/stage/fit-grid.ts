/** Gap between tiles in px; the style sheet has the same. */
export const tileGapPx = 8

export interface Grid {
  readonly columns: number
  readonly rows: number
  /** Of one tile, in px. */
  readonly width: number
  readonly height: number
}

export interface Space {
  readonly width: number
  readonly height: number
}

/** Narrower than this a stage is a phone's. */
const phonePx = 600
const mostOnPhone = 8
const mostOnDesktop = 16

export const isPhoneStage = ({ width }: Space): boolean => width < phonePx

/** How many tiles one page holds without scrolling. */
export const pageSizeOf = (space: Space): number => (isPhoneStage(space) ? mostOnPhone : mostOnDesktop)

/**
 * The rows and columns in which `count` tiles show most: tiles stay between upright and 16:9 on a phone, between nearly
 * square and 16:9 elsewhere, and what that leaves of the stage stays empty.
 */
export function fitGrid(count: number, space: Space): Grid {
  const isPhone = isPhoneStage(space)
  const mostColumns = isPhone ? Math.min(2, Math.max(1, count)) : Math.max(1, count)
  const fewest = isPhone && count > 2 ? 2 : 1
  let best: Grid | undefined
  for (let columns = fewest; columns <= mostColumns; columns += 1) {
    const grid = withColumns(columns, Math.max(1, count), space, isPhone ? 0.6 : 1.25)
    if (best === undefined || grid.width * grid.height > best.width * best.height + 1) best = grid
  }
  return best ?? withColumns(1, 1, space, 1)
}

function withColumns(columns: number, count: number, space: Space, uprightest: number): Grid {
  const rows = Math.ceil(count / columns)
  const cell = (size: number, parts: number): number => Math.max(0, (size - tileGapPx * (parts - 1)) / parts)
  const [cellWidth, cellHeight] = [cell(space.width, columns), cell(space.height, rows)]
  const width = Math.floor(Math.min(cellWidth, (cellHeight * 16) / 9))
  return { columns, rows, width, height: Math.floor(Math.min(cellHeight, width / uprightest)) }
}
