import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import { ArrowUp } from 'lucide-react'
import { useCallback, useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../../shared/ui/class-names.ts'
import { useToast } from '../../../shared/ui/toast.tsx'
import { useAppDispatch } from '../../../state/hooks.ts'
import { noteTyping, sendMessage } from '../../../state/message-thunks.ts'
import styles from './composer.module.css'
import type { Drafts } from './drafts.ts'
import { listenForEnter } from './listen-for-enter.ts'
import { measureMessage, type MessageLength } from './message-length.ts'

/** What is typed is kept this long after the last key. */
const keepDraftMs = 400
/** Above this nobody is told who types: it would be always somebody. */
const mostTyping = 50

export interface ComposerHandle {
  readonly focus: () => void
}

export interface ComposerProps {
  readonly room: RoomSummary
  readonly title: string
  readonly drafts: Drafts
  /** Something was sent: the list goes to its newest line. */
  readonly onSent: () => void
  readonly ref?: Ref<ComposerHandle>
}

/**
 * Where one writes. The text belongs to the text field alone and is never written back into it while it is being
 * written: an input method would lose its syllable. React knows only whether there is something to send.
 */
export function Composer({ room, title, drafts, onSent, ref }: ComposerProps) {
  const { roomId } = room
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const toast = useToast()
  const fieldRef = useRef<HTMLTextAreaElement>(null)
  const sendRef = useRef<() => void>(() => undefined)
  const [length, setLength] = useState<MessageLength>(() => measureMessage(drafts.load(roomId)))
  const draftTimerRef = useRef<ReturnType<typeof setTimeout>>(undefined)
  useImperativeHandle(ref, () => ({ focus: () => fieldRef.current?.focus() }), [])

  const keepDraft = useCallback(() => {
    clearTimeout(draftTimerRef.current)
    if (fieldRef.current) drafts.save(roomId, fieldRef.current.value)
  }, [drafts, roomId])

  const onInput = useCallback(() => {
    const field = fieldRef.current
    if (!field) return
    fitHeight(field)
    setLength((known) => {
      const next = measureMessage(field.value)
      return known.isBlank === next.isBlank && known.left === next.left ? known : next
    })
    clearTimeout(draftTimerRef.current)
    draftTimerRef.current = setTimeout(keepDraft, keepDraftMs)
  }, [keepDraft])

  const send = useCallback(() => {
    const field = fieldRef.current
    if (!field) return
    const text = field.value.trimEnd()
    const { isBlank, isTooLong } = measureMessage(text)
    if (isTooLong) toast({ text: t('room.tooLong'), isUrgent: true })
    if (isBlank || isTooLong) return
    field.value = ''
    onInput()
    keepDraft()
    onSent()
    dispatch(sendMessage(roomId, text)).catch(() => {
      // Nothing is lost: unless something new was begun, it is back where it was written.
      if (field.value === '') field.value = text
      onInput()
      toast({ text: t('room.notKept'), isUrgent: true })
    })
    // eslint-disable-next-line react-hooks/exhaustive-deps -- toast is new at every render and does the same
  }, [dispatch, roomId, onInput, keepDraft, onSent, t])

  useEffect(() => {
    const field = fieldRef.current
    if (!field) return undefined
    fitHeight(field)
    if (hasKeyboard()) field.focus({ preventScroll: true })
    const enter = listenForEnter(field, send)
    sendRef.current = enter.sendNow
    return () => {
      enter.stop()
      keepDraft()
    }
  }, [send, keepDraft])

  return (
    <form
      className={styles['composer']}
      onSubmit={(event) => {
        event.preventDefault()
        sendRef.current()
      }}
    >
      <div className={styles['field']}>
        <textarea
          ref={fieldRef}
          className={styles['text']}
          rows={1}
          defaultValue={drafts.load(roomId)}
          placeholder={t('room.composer')}
          aria-label={t('room.composerTo', { name: title })}
          aria-invalid={length.isTooLong || undefined}
          dir="auto"
          autoComplete="off"
          enterKeyHint={hasKeyboard() ? 'send' : 'enter'}
          onInput={(event) => {
            onInput()
            if (room.kind !== 'self' && room.memberCount <= mostTyping && event.currentTarget.value !== '')
              dispatch(noteTyping(roomId))
          }}
        />
        {length.left !== undefined && (
          <output className={classNames(styles['counter'], length.isTooLong && styles['over'])}>
            {length.left < 0
              ? t('room.over', { count: -length.left })
              : t('room.left', { count: length.left })}
          </output>
        )}
        <button
          type="submit"
          className={styles['send']}
          aria-label={t('room.send')}
          title={t('room.send')}
          disabled={length.isBlank || length.isTooLong}
          // The field keeps the focus, and the phone its keyboard.
          onPointerDown={(event) => event.preventDefault()}
        >
          <ArrowUp size={20} strokeWidth={2.4} aria-hidden="true" />
        </button>
      </div>
    </form>
  )
}

/** As high as its text, up to what the style sheet allows. Newer browsers do it by `field-sizing`. */
function fitHeight(field: HTMLTextAreaElement): void {
  if (CSS.supports('field-sizing', 'content')) return
  field.style.height = 'auto'
  field.style.height = `${field.scrollHeight}px`
}

/** A real keyboard is likely: Enter sends, and opening a room may put the cursor into the field. */
export const hasKeyboard = (): boolean => matchMedia('(hover: hover) and (pointer: fine)').matches
