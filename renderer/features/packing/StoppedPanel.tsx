import type { ReactNode } from 'react';
import type { Instant } from '@shared/units/instant';
import { ActionButton } from '../../components/action-button/ActionButton';
import { Icon } from '../../components/icons/Icon';
import { describeAsideReason } from '../../i18n/aside-reason';
import { useTexts } from '../../i18n/use-texts';
import type { PackingMoment } from './packing-view';
import { PACKING_KEYS } from './packing-keys';
import styles from './BigPanel.module.css';

export interface StoppedPanelProps {
  readonly stopped: Extract<PackingMoment, { kind: 'stopped' }>;
  readonly now: Instant;
  readonly onAcknowledge: () => void;
}

/** The whole work area is red until a deliberate act: the one refusal that a next scan does not clear. */
export function StoppedPanel({ stopped, now, onAcknowledge }: StoppedPanelProps): ReactNode {
  const { t, language } = useTexts();
  return (
    <section
      className={`${styles['big'] ?? ''} ${styles['stop'] ?? ''}`}
      role="alert"
      data-moment="stopped"
      data-contrast=""
    >
      <span className={styles['shape']}>
        <Icon name="stop" size="100%" />
      </span>
      <h1 className={styles['title']} data-no-clip="">
        {t('packing.stoppedTitle')}
      </h1>
      <p className={styles['number']}>{stopped.displayNo}</p>
      <ul className={styles['reasons']}>
        {stopped.reasons.length === 0 ? <li>{t('packing.stoppedUnknown')}</li> : null}
        {stopped.reasons.map((reason) => {
          const text = describeAsideReason(t, language, now, reason);
          return <li key={text}>{text}</li>;
        })}
      </ul>
      <p className={styles['next']}>
        {stopped.labelIsOut ? t('packing.stoppedAfterLabel') : t('packing.stoppedBeforeLabel')}
      </p>
      <div className={styles['acts']}>
        <ActionButton large leavesFocus keys={PACKING_KEYS.acknowledgeStop} onAct={onAcknowledge}>
          {t('packing.acknowledgeStop')}
        </ActionButton>
        <p className={styles['small']}>{t('packing.acknowledgeHint')}</p>
      </div>
    </section>
  );
}
