import { memo, type ReactNode } from 'react';
import type { Instant } from '@shared/units/instant';
import { Deadline } from '../../components/deadline/Deadline';
import { Icon } from '../../components/icons/Icon';
import { Pill } from '../../components/pill/Pill';
import { formatCount } from '../../i18n/format';
import { useTexts } from '../../i18n/use-texts';
import { STATE_LOOK, type QueueRow } from './queue-view';
import styles from './QueueRowLine.module.css';

/** Height of a row in pixels; the list needs it before a row exists. */
export const QUEUE_ROW_PX = 60;

export interface QueueRowLineProps {
  readonly row: QueueRow;
  readonly now: Instant;
  readonly isChosen: boolean;
}

/** A shipment in two lines. The moment is given in whole seconds, so that rows redraw no more often than their text changes. */
export const QueueRowLine = memo(function QueueRowLine({ row, now, isChosen }: QueueRowLineProps): ReactNode {
  const { t, language } = useTexts();
  const look = STATE_LOOK[row.state];
  return (
    <div className={`${styles['row'] ?? ''} ${isChosen ? (styles['chosen'] ?? '') : ''}`}>
      <span className={`${styles['tier'] ?? ''} ${row.tier === 1 ? (styles['first'] ?? '') : ''}`}>{row.tier}</span>
      <span className={styles['two']}>
        <Deadline now={now} at={row.deadline} because={row.deadlineBecause} />
        <span className={styles['minor']}>{t(`because.${row.deadlineBecause}`)}</span>
      </span>
      <span className={styles['two']}>
        <span className={styles['strong']}>{row.displayNos.join(' + ')}</span>
        <span className={styles['minor']}>{row.storeName}</span>
      </span>
      <span className={styles['two']}>
        <span className={styles['goods']}>
          {row.moreKinds === 0
            ? row.firstGoods
            : t('queue.goodsAndMore', { first: row.firstGoods, count: row.moreKinds })}
        </span>
        {row.sellerMemo === '' && row.sellerFlag === '' ? (
          <span className={styles['minor']}>{row.waybillNo ?? ''}</span>
        ) : (
          <span className={styles['memo']}>
            <Icon name={row.sellerFlag === '' ? 'memo' : 'flag'} size={15} />
            <span className={styles['memoText']}>
              {[row.sellerFlag, row.sellerMemo].filter((text) => text !== '').join(' · ')}
            </span>
          </span>
        )}
      </span>
      <span className={styles['units']}>
        <span className={styles['strong']}>{formatCount(language, row.units)}</span>
        {row.parcels > 1 ? <span className={styles['minor']}>{t('queue.parcels', { count: row.parcels })}</span> : null}
      </span>
      <span className={styles['state']}>
        <Pill tone={look.tone} icon={look.icon}>
          {t(`shipmentState.${row.state}`)}
        </Pill>
      </span>
    </div>
  );
});
