import type { Client } from '@our-now/client/client.ts'
import type { Member } from '@our-now/contracts/rooms.ts'
import type { FaceBox, FaceProblem } from '@our-now/contracts/vision/shapes.ts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useLoad } from '../../shared/use-load.ts'
import { useClient } from '../../state/hooks.ts'
import styles from './face.module.css'

interface FoundFace {
  readonly box: FaceBox
  readonly userId?: string | undefined
}

/** What was found in a photo, and in which. */
export type Found =
  | {
      readonly use: 'profile'
      /** Of the picture, until another one is chosen. */
      readonly url: string
      readonly faces: readonly FoundFace[]
      readonly problems: readonly FaceProblem[]
    }
  | {
      readonly use: 'room'
      readonly roomId: string
      /** Of the picture, until another one is chosen. */
      readonly url: string
      readonly faces: readonly FoundFace[]
    }

/** The photo with its faces marked, and in words. */
export function FoundFaces({ found }: { readonly found: Found }) {
  const { t } = useTranslation()
  const names = useNames(found.use === 'room' ? found.roomId : undefined)
  // Who left meanwhile, or whose name is still on its way, was found all the same.
  const nameOf = (userId: string | undefined) =>
    userId === undefined ? undefined : (names.get(userId) ?? t('people.noName'))
  const count = found.faces.length
  const text = count === 0 ? t('face.foundNone') : t('face.found', { count })
  return (
    <div className={styles['found']} role="status">
      <div className={styles['photo']}>
        <img src={found.url} alt={t('face.photoAlt', { text })} />
        {found.faces.map(({ box, userId }) => (
          <FaceMark
            key={`${box.left},${box.top}`}
            box={box}
            // A box about a profile photo needs no name.
            label={found.use === 'room' ? (nameOf(userId) ?? '?') : undefined}
          />
        ))}
      </div>
      {found.use === 'room' ? (
        <>
          <p className={styles['text']}>{text}</p>
          <ul className={styles['list']}>
            {found.faces.map(({ box, userId }) => {
              const name = nameOf(userId)
              return (
                <li key={`${box.left},${box.top}`}>
                  {name === undefined ? t('face.foundUnknown') : t('face.foundPerson', { name })}
                </li>
              )
            })}
          </ul>
        </>
      ) : found.problems.length === 0 ? (
        <p className={styles['good']}>{t('face.profileGood')}</p>
      ) : (
        <>
          <p className={styles['text']}>{t('face.profileAdvice')}</p>
          <ul className={styles['list']}>
            {found.problems.map((problem) => (
              <li key={problem}>{t(`errors.${problem}`)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function FaceMark({ box, label }: { readonly box: FaceBox; readonly label: string | undefined }) {
  const percent = (part: number) => `${part * 100}%`
  return (
    <span
      className={styles['mark']}
      style={{
        '--left': percent(box.left),
        '--top': percent(box.top),
        '--width': percent(box.width),
        '--height': percent(box.height),
      }}
      aria-hidden="true"
    >
      {label !== undefined && <bdi>{label}</bdi>}
    </span>
  )
}

/** The names of a room’s members: suggestions come as ids. */
function useNames(roomId: string | undefined): ReadonlyMap<string, string> {
  const client = useClient()
  const loaded = useLoad(
    useCallback(async () => (roomId === undefined ? [] : listAllMembers(client, roomId)), [client, roomId]),
  )
  const members = loaded.status === 'ready' ? loaded.value : []
  return new Map(members.map(({ profile }) => [profile.userId, profile.displayName]))
}

async function listAllMembers(client: Client, roomId: string): Promise<readonly Member[]> {
  const all: Member[] = []
  let cursor: string | undefined
  do {
    const page = await client.api.listMembers({ roomId, limit: 200, ...(cursor !== undefined && { cursor }) })
    all.push(...page.members)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return all
}
