import { useEffect, type ReactNode } from 'react';
import type { Person } from '@shared/domain/person';
import { FailedPicture } from '../../components/picture/Picture';
import { useTexts } from '../../i18n/use-texts';
import { useBench, useIndexStatus } from '../../state/bench-context';
import { isTypingInto } from '../../state/typing';
import { packingKey } from './packing-key';
import { PackingPanel } from './PackingPanel';
import { usePacking } from './use-packing';

/** The packing screen: the bench's state as a picture, and the keys of the shift. */
export function PackingScreen({ person }: { readonly person: Person }): ReactNode {
  const { t } = useTexts();
  const status = useIndexStatus(useBench());
  const { view, acts } = usePacking(person);
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
