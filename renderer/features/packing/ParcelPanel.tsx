import type { ReactNode } from 'react';
import type { Instant } from '@shared/units/instant';
import { Deadline } from '../../components/deadline/Deadline';
import { Icon } from '../../components/icons/Icon';
import { Pill } from '../../components/pill/Pill';
import { formatAgo, formatCount } from '../../i18n/format';
import { useTexts } from '../../i18n/use-texts';
import type { PackingParcel } from './packing-view';
import styles from './ParcelPanel.module.css';

export interface ParcelPanelProps {
  readonly parcel: PackingParcel;
  readonly now: Instant;
  readonly children: ReactNode;
}

/** Beside the lines: which order this is, how urgent, what the seller asks for, how old the store's word is. */
export function ParcelPanel({ parcel, now, children }: ParcelPanelProps): ReactNode {
  const { t, language } = useTexts();
  const age = { ago: formatAgo(language, now, parcel.knownAt) };
  const progress = {
    counted: formatCount(language, parcel.counted),
    due: formatCount(language, parcel.due),
  };
  return (
    <aside className={styles['panel']}>
      <div className={styles['head']}>
        <p className={styles['store']}>{parcel.storeName}</p>
        <p className={styles['order']} data-contrast="">
          {parcel.displayNos.join(' + ')}
        </p>
        <p className={styles['urgency']}>
          <Pill tone={parcel.tier === 1 ? 'accent' : 'calm'} icon="flag">
            {t('packing.tier', { tier: parcel.tier })}
          </Pill>
          <Deadline now={now} at={parcel.deadline} because={parcel.deadlineBecause} />
        </p>
      </div>
      <div className={styles['progress']}>
        <progress
          className={styles['bar']}
          max={Math.max(1, parcel.due)}
          value={parcel.counted}
          aria-label={t('packing.inBox')}
        />
        <span className={styles['total']}>{t('packing.progress', progress)}</span>
      </div>
      {parcel.sellerMemo === '' && parcel.sellerFlag === '' ? null : (
        <div className={styles['memo']} data-contrast="">
          <p className={styles['memoTitle']}>
            <Icon name="memo" size={20} />
            {t('packing.memo')}
            {parcel.sellerFlag === '' ? null : (
              <span className={styles['flag']}>
                <Icon name="flag" size={18} />
                {t('packing.flag', { flag: parcel.sellerFlag })}
              </span>
            )}
          </p>
          <p className={styles['memoText']}>{parcel.sellerMemo}</p>
        </div>
      )}
      <dl className={styles['facts']}>
        {parcel.waybillNo === null ? null : <Fact name={t('packing.waybillNo')} value={parcel.waybillNo} />}
        {parcel.shippingMethod === '' ? null : <Fact name={t('packing.courier')} value={parcel.shippingMethod} />}
      </dl>
      <div className={styles['rest']} />
      <p className={`${styles['age'] ?? ''} ${parcel.isStale ? (styles['stale'] ?? '') : ''}`} data-contrast="">
        <Icon name={parcel.isStale ? 'warn' : 'clock'} size={18} />
        {parcel.isStale ? t('packing.knowledgeStale', age) : t('packing.knowledge', age)}
      </p>
      <div className={styles['acts']}>{children}</div>
    </aside>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <div className={styles['fact']}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
