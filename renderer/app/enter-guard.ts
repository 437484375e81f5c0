/** What Enter would press. Lists, menus and text fields have a use for it of their own. */
const PRESSABLE =
  'button, a[href], summary, [role="button"], [role="switch"], [role="tab"], input[type="checkbox"], input[type="file"]';

/**
 * A scanner ends each code with Enter, so Enter presses nothing in this program; Space and the pointer do. Listens before
 * everybody else. @returns cancel.
 */
export function guardAgainstEnter(target: Pick<Window, 'addEventListener' | 'removeEventListener'>): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && event.target instanceof Element && event.target.closest(PRESSABLE) !== null)
      event.preventDefault();
  };
  target.addEventListener('keydown', onKey, { capture: true });
  return () => target.removeEventListener('keydown', onKey, { capture: true });
}
