import type { ReactNode } from 'react';
import { Icon } from '../../components/icons/Icon';
import { formatCount } from '../../i18n/format';
import { useTexts } from '../../i18n/use-texts';
import type { PackingMoment } from './packing-view';
import styles from './IdlePanel.module.css';

/** Nothing is open: how much waits, and what was finished last. */
export function IdlePanel({ idle }: { readonly idle: Extract<PackingMoment, { kind: 'idle' }> }): ReactNode {
  const { t, language } = useTexts();
  return (
    <div className={styles['idle']}>
      <Figure name={t('packing.readyCount')} value={idle.ready === null ? '…' : formatCount(language, idle.ready)} />
      <Figure
        name={t('packing.exceptionCount')}
        value={formatCount(language, idle.exceptions)}
        isBad={idle.exceptions > 0}
      />
      <div className={styles['figure']}>
        <p className={styles['name']}>{t('packing.lastDone')}</p>
        {idle.last === null ? (
          <p className={styles['none']}>{t('packing.noneYet')}</p>
        ) : (
          <>
            <p className={styles['waybill']} data-no-clip="">
              {idle.last.waybillNo ?? idle.last.displayNo}
            </p>
            <p className={styles['name']}>{`${idle.last.displayNo} · ${idle.last.carrier}`}</p>
          </>
        )}
      </div>
    </div>
  );
}

function Figure({
  name,
  value,
  isBad = false,
}: {
  readonly name: string;
  readonly value: string;
  readonly isBad?: boolean;
}): ReactNode {
  return (
    <div className={styles['figure']} data-contrast="">
      <p className={styles['name']}>{name}</p>
      <p className={`${styles['value'] ?? ''} ${isBad ? (styles['bad'] ?? '') : ''}`}>
        {isBad ? <Icon name="warn" size={36} /> : null}
        {value}
      </p>
    </div>
  );
}
