/**
 * Opens the message menu at an element as a right click there would: the list has one menu for all messages, which
 * listens for that event. For the keyboard and the button that shows under the mouse.
 */
export function openMenuAt(element: Element): void {
  const box = element.getBoundingClientRect()
  element.dispatchEvent(
    new MouseEvent('contextmenu', {
      bubbles: true,
      cancelable: true,
      clientX: box.left + Math.min(box.width / 2, 24),
      clientY: box.top + Math.min(box.height / 2, 24),
    }),
  )
}
