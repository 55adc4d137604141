import { memo } from 'react'
import styles from './message-text.module.css'
import { splitText } from './split-text.ts'

/** The words of a message: text nodes and safe links, never markup. */
export const MessageText = memo(function MessageText({ text }: { readonly text: string }) {
  return (
    <span className={styles['text']} dir="auto">
      {splitText(text).map((part, index) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          <a
            // eslint-disable-next-line react/no-array-index-key -- the parts of one text never move
            key={index}
            href={part.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            tabIndex={-1}
          >
            {part.text}
          </a>
        ),
      )}
    </span>
  )
})
