import type { ReactNode } from 'react';
import { Icon } from '../../components/icons/Icon';
import { useTexts } from '../../i18n/use-texts';
import type { DoneParcel } from './packing-view';
import styles from './BigPanel.module.css';

/** The parcel is finished: green, round, with its number and where to put it. The next scan goes on from here. */
export function DonePanel({ parcel }: { readonly parcel: DoneParcel }): ReactNode {
  const { t } = useTexts();
  return (
    <section
      className={`${styles['big'] ?? ''} ${styles['ok'] ?? ''}`}
      role="status"
      data-moment="done"
      data-contrast=""
    >
      <span className={styles['shape']}>
        <Icon name="check" size="100%" />
      </span>
      <h1 className={styles['title']} data-no-clip="">
        {parcel.printedNow ? t('packing.doneTitle') : t('packing.doneNothingPrinted')}
      </h1>
      {parcel.waybillNo === null ? null : (
        <p className={styles['number']} data-no-clip="">
          {parcel.waybillNo}
        </p>
      )}
      <p className={styles['next']}>{t('packing.doneNext', { carrier: parcel.carrier })}</p>
      <p className={styles['small']}>{`${t('packing.order')} ${parcel.displayNo}`}</p>
    </section>
  );
}
