import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../../shared/ui/class-names.ts'
import { fitGrid, isPhoneStage, pageSizeOf, type Space } from './fit-grid.ts'
import type { CallPart } from './parts.ts'
import styles from './stage.module.css'
import { Tile } from './tile.tsx'
import { useMovable } from './use-movable.ts'
import { useSize } from './use-size.ts'

export interface CallStageProps {
  readonly parts: readonly CallPart[]
  /** Shown large beside a strip of the others; undefined: everybody alike. */
  readonly main: CallPart | undefined
  readonly pinnedKey: string | undefined
  readonly onPin: (key: string | undefined) => void
  /** Two in a call see each other large and themselves small. */
  readonly isPairAllowed: boolean
  /** In a corner: the large one alone. */
  readonly isSmall: boolean
  /** What is on screen, in px of height. */
  readonly onShown: (heights: ReadonlyMap<string, number>) => void
}

/** The pictures, arranged: one with oneself in the corner, a grid with pages, or one large with a strip. */
export function CallStage(props: CallStageProps) {
  const { parts, main, pinnedKey, onPin, isPairAllowed, isSmall, onShown } = props
  const [space, ref] = useSize()
  const [wantedPage, setPage] = useState(0)
  const people = parts.filter(({ isOwn }) => !isOwn)
  const own = parts.find(({ key }) => key === 'me')
  const isPair = isPairAllowed && main === undefined && parts.length === 2
  const single = isSmall ? (main ?? people[0] ?? own) : isPair ? people[0] : undefined

  const size = pageSizeOf(space)
  const strip = main === undefined ? [] : parts.filter((part) => part !== main)
  const list = main === undefined ? parts : strip
  const most = main === undefined ? size : stripLength(space)
  const pages = Math.max(1, Math.ceil(list.length / most))
  // Nine are five and four, not eight and a lonely one.
  const perPage = main === undefined ? Math.ceil(list.length / pages) : most
  const page = Math.min(wantedPage, pages - 1)
  const shown = list.slice(page * perPage, (page + 1) * perPage)
  const grid = fitGrid(pages > 1 ? perPage : shown.length, space)

  const heights = useMemo(() => {
    const scale = globalThis.devicePixelRatio > 1 ? 1.5 : 1
    const all: [string | undefined, number][] =
      single !== undefined
        ? [[single.producerId, space.height]]
        : main === undefined
          ? shown.map((part) => [part.producerId, grid.height])
          : [
              [main.producerId, space.height],
              ...shown
                .map((part) => [part.producerId, 120] as const)
                .map(([id, px]): [string | undefined, number] => [id, px]),
            ]
    return new Map(
      all.flatMap(([producerId, px]): [string, number][] =>
        producerId === undefined ? [] : [[producerId, Math.round(px * scale)]],
      ),
    )
  }, [single, main, shown, grid.height, space.height])
  const told = [...heights].join(';')
  // The map is made anew with every render; what it says changes seldom.
  // oxlint-disable-next-line react/exhaustive-deps
  useEffect(() => onShown(heights), [told])

  const tile = (part: CallPart, isMain = false) => (
    <Tile
      part={part}
      isMain={isMain}
      isAlone={single !== undefined || parts.length === 1}
      isPinned={part.key === pinnedKey}
      onPin={
        isSmall || parts.length < 3 ? undefined : () => onPin(part.key === pinnedKey ? undefined : part.key)
      }
    />
  )
  return (
    <div className={styles['stage']}>
      <div
        ref={ref}
        className={styles['space']}
        data-layout={single ? 'single' : main ? 'spotlight' : 'grid'}
      >
        {single !== undefined ? (
          <>
            <div className={styles['single']}>{tile(single, true)}</div>
            {isPair && !isSmall && own && <OwnTile part={own} />}
          </>
        ) : main === undefined ? (
          <div
            className={styles['grid']}
            style={{
              gridTemplateColumns: `repeat(${grid.columns}, ${grid.width}px)`,
              gridAutoRows: `${grid.height}px`,
            }}
          >
            <Cells parts={shown} columns={grid.columns} tile={tile} />
          </div>
        ) : (
          <div className={classNames(styles['spotlight'], isPhoneStage(space) && styles['upright'])}>
            <div className={styles['main']}>{tile(main, true)}</div>
            <div className={styles['strip']}>
              {shown.map((part) => (
                <div key={part.key} className={styles['thumb']}>
                  {tile(part)}
                </div>
              ))}
            </div>
          </div>
        )}
      </div>
      {single === undefined && pages > 1 && <Pages page={page} pages={pages} onPage={setPage} />}
    </div>
  )
}

/** Tiles of a strip that fit beside the large one, 160 px wide or high each. */
const stripLength = (space: Space): number =>
  isPhoneStage(space)
    ? Math.max(2, Math.floor(space.width / 110))
    : Math.max(2, Math.floor(space.height / 128))

/** A last row that is not full stands in the middle. */
function Cells({
  parts,
  columns,
  tile,
}: {
  readonly parts: readonly CallPart[]
  readonly columns: number
  readonly tile: (part: CallPart, isMain?: boolean) => React.ReactNode
}) {
  const lastRow = parts.length % columns
  const shift = lastRow === 0 ? 0 : (columns - lastRow) / 2
  const firstOfLast = parts.length - lastRow
  return parts.map((part, index) => (
    <div
      key={part.key}
      className={styles['cell']}
      style={shift !== 0 && index >= firstOfLast ? { translate: `calc(${shift} * (100% + 8px))` } : undefined}
    >
      {tile(part, index === 0)}
    </div>
  ))
}

function OwnTile({ part }: { readonly part: CallPart }) {
  const { t } = useTranslation()
  const { props } = useMovable('bottom-right')
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/prefer-tag-over-role -- it is moved, by pointer or arrow keys
    <div
      {...props}
      className={styles['own']}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- see above
      role="group"
      aria-label={t('call.moveOwn')}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
      tabIndex={0}
    >
      <Tile part={part} />
    </div>
  )
}

function Pages(props: {
  readonly page: number
  readonly pages: number
  readonly onPage: (page: number) => void
}) {
  const { t } = useTranslation()
  const { page, pages, onPage } = props
  return (
    <nav className={styles['pages']} aria-label={t('call.pages')}>
      <button
        type="button"
        disabled={page === 0}
        aria-label={t('call.pageBefore')}
        onClick={() => onPage(page - 1)}
      >
        <ChevronLeft size={20} aria-hidden="true" />
      </button>
      <span>{t('call.pageOf', { page: page + 1, pages })}</span>
      <button
        type="button"
        disabled={page === pages - 1}
        aria-label={t('call.pageAfter')}
        onClick={() => onPage(page + 1)}
      >
        <ChevronRight size={20} aria-hidden="true" />
      </button>
    </nav>
  )
}
