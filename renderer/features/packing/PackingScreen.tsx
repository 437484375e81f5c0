import { useEffect, type ReactNode } from 'react';
import { FailedPicture } from '../../components/picture/Picture';
import { useTexts } from '../../i18n/use-texts';
import { useBench, useIndexStatus } from '../../state/bench-context';
import { isTypingInto } from '../../state/typing';
import { PackingPanel } from './PackingPanel';
import { usePacking, type Packing } from './use-packing';

/** What a key does here; null for keys that mean nothing. Keys that a scanner sends are not among them. */
export function packingKey(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'>,
  moment: Packing['view']['moment']['kind'],
  acts: Packing['acts'],
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

/** The packing screen: the bench's state as a picture, and the keys of the shift. */
export function PackingScreen(): ReactNode {
  const { t } = useTexts();
  const status = useIndexStatus(useBench());
  const { view, acts } = usePacking();
  const moment = view.moment.kind;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat || isTypingInto(event.target)) return;
      const act = packingKey(event, moment, acts);
      if (act === null) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [moment, acts]);
  if (status.kind === 'failed') return <FailedPicture title={t('queue.failed')} hint={t('queue.failedHint')} />;
  return <PackingPanel view={view} acts={acts} />;
}
