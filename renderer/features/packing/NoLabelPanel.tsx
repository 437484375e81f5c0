import type { ReactNode } from 'react';
import { ActionButton } from '../../components/action-button/ActionButton';
import { Icon } from '../../components/icons/Icon';
import { useTexts } from '../../i18n/use-texts';
import type { PackingMoment } from './packing-view';
import { PACKING_KEYS } from './packing-keys';
import styles from './BigPanel.module.css';

export interface NoLabelPanelProps {
  readonly noLabel: Extract<PackingMoment, { kind: 'no-label' }>;
  readonly displayNo: string;
  readonly onPrint: () => void;
}

/** "Packed, no label" (L10): visible until a label is out; the platform is told nothing before. */
export function NoLabelPanel({ noLabel, displayNo, onPrint }: NoLabelPanelProps): ReactNode {
  const { t } = useTexts();
  return (
    <section
      className={`${styles['big'] ?? ''} ${styles['warn'] ?? ''}`}
      role="alert"
      data-moment="no-label"
      data-contrast=""
    >
      <span className={styles['shape']}>
        <Icon name="warn" size="100%" />
      </span>
      <h1 className={styles['title']} data-no-clip="">
        {t('packing.noLabelTitle')}
      </h1>
      <p className={styles['number']}>{displayNo}</p>
      <ul className={styles['reasons']}>
        <li>{noLabel.why}</li>
      </ul>
      <p className={styles['next']}>{noLabel.next}</p>
      <p className={styles['small']}>{t('packing.noLabelKeep')}</p>
      {noLabel.canPrint ? (
        <div className={styles['acts']}>
          <ActionButton large leavesFocus icon="printer" keys={PACKING_KEYS.printLabel} onAct={onPrint}>
            {t('packing.printLabel')}
          </ActionButton>
        </div>
      ) : null}
    </section>
  );
}
