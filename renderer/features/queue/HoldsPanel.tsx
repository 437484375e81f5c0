import { useState, type ReactNode } from 'react';
import { ActionButton } from '../../components/action-button/ActionButton';
import { TextField } from '../../components/field/TextField';
import { useTexts } from '../../i18n/use-texts';
import type { QueueDetail } from './queue-view';
import styles from './SealedPanels.module.css';

export interface HoldsPanelProps {
  readonly detail: QueueDetail;
  readonly onPlace: (reason: string) => void;
  readonly onRelease: (factId: string, reason: string) => void;
}

/** Holds of this station: placed and released with a reason, by a lead. */
export function HoldsPanel({ detail, onPlace, onRelease }: HoldsPanelProps): ReactNode {
  const { t } = useTexts();
  const [asked, setAsked] = useState<{ readonly releases: string | null } | null>(null);
  const [reason, setReason] = useState('');
  if (!detail.mayHold) return null;
  const done = (): void => {
    if (asked === null) return;
    if (asked.releases === null) onPlace(reason.trim());
    else onRelease(asked.releases, reason.trim());
    setAsked(null);
    setReason('');
  };
  return (
    <section className={styles['box']}>
      <h3 className={styles['title']}>{t('queue.holds')}</h3>
      {detail.holds.map((hold) => (
        <ActionButton key={hold.factId} icon="hand" onAct={() => setAsked({ releases: hold.factId })}>
          {t('queue.releaseHold', { reason: hold.reason })}
        </ActionButton>
      ))}
      {asked === null ? (
        <ActionButton icon="hand" onAct={() => setAsked({ releases: null })}>
          {t('queue.placeHold')}
        </ActionButton>
      ) : (
        <>
          <TextField
            label={asked.releases === null ? t('queue.holdReason') : t('queue.releaseReason')}
            value={reason}
            onChange={setReason}
            autoFocus
          />
          <ActionButton tone="primary" disabled={reason.trim() === ''} onAct={done}>
            {asked.releases === null ? t('queue.placeHold') : t('queue.confirmRelease')}
          </ActionButton>
          <ActionButton tone="quiet" onAct={() => setAsked(null)}>
            {t('common.cancel')}
          </ActionButton>
        </>
      )}
    </section>
  );
}
