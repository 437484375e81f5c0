import type { PackingActs } from './packing-acts';
import type { PackingMoment } from './packing-view';

/** Acts that are of the window only, and no command of the bench. */
export interface PackingWindowActs {
  readonly leave: () => void;
  readonly dismiss: () => void;
}

/** What a key does here; null for keys that mean nothing. Keys that a scanner sends are not among them. */
export function packingKey(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'>,
  moment: PackingMoment['kind'],
  acts: PackingActs & PackingWindowActs,
): (() => void) | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  switch (event.key) {
    case 'F4':
      return acts.undo;
    case 'F5':
      return acts.park;
    case 'F8':
      return acts.reopenLast;
    case 'F9':
      return moment === 'print-unknown' ? () => acts.answerPrint(!event.shiftKey) : null;
    case 'F10':
      return acts.printLabel;
    case 'Escape':
      return moment === 'stopped' ? acts.acknowledgeStop : acts.leave;
    case ' ':
      return moment === 'stopped' ? null : acts.dismiss;
    default:
      return null;
  }
}
