import { useState, type ReactNode } from 'react';
import type { Instant } from '@shared/units/instant';
import { ActionButton } from '../../components/action-button/ActionButton';
import { TextField } from '../../components/field/TextField';
import { Icon } from '../../components/icons/Icon';
import { Pill } from '../../components/pill/Pill';
import { describeDeliveryCode } from '../../i18n/error-messages';
import { formatExact } from '../../i18n/format';
import { useTexts } from '../../i18n/use-texts';
import type { DeliveriesActs } from './deliveries-acts';
import { DELIVERY_LOOK, isActable, type DeliveryLine } from './deliveries-view';
import styles from './ActPanel.module.css';

export interface ActPanelProps {
  readonly line: DeliveryLine;
  readonly now: Instant;
  readonly mayAct: boolean;
  readonly acts: DeliveriesActs;
}

/** Why a delivery stands where it stands, and the two things that a person can do: try again, or settle it outside. */
export function ActPanel({ line, now, mayAct, acts }: ActPanelProps): ReactNode {
  const { t, language } = useTexts();
  const [reason, setReason] = useState('');
  const look = DELIVERY_LOOK[line.state];
  const why = line.lastCode === null ? null : describeDeliveryCode(t, line.lastCode);
  return (
    <aside className={styles['panel']} aria-label={t('deliveries.detail')}>
      <header className={styles['head']}>
        <div className={styles['texts']}>
          <p className={styles['store']}>{line.storeName}</p>
          <h2 className={styles['order']}>{line.displayNo}</h2>
        </div>
        <button
          type="button"
          className={styles['close']}
          aria-label={t('common.close')}
          onClick={() => acts.choose(null)}
          data-target=""
        >
          <Icon name="close" />
        </button>
      </header>
      <div className={styles['body']}>
        <p>
          <Pill tone={look.tone} icon={look.icon}>
            {t(`deliveryState.${line.state}`)}
          </Pill>
        </p>
        {why === null ? null : (
          <div className={styles['why']}>
            <p className={styles['what']}>{why.what}</p>
            {why.next === null ? null : <p>{why.next}</p>}
          </div>
        )}
        <dl className={styles['facts']}>
          <div>
            <dt>{t('packing.waybillNo')}</dt>
            <dd>{line.waybillNo}</dd>
          </div>
          <div>
            <dt>{t('packing.courier')}</dt>
            <dd>{line.carrier}</dd>
          </div>
          <div>
            <dt>{t('deliveries.since')}</dt>
            <dd>{formatExact(language, line.createdAt)}</dd>
          </div>
          {line.nextAttemptAt === null ? null : (
            <div>
              <dt>{t('deliveries.next')}</dt>
              <dd>{line.nextAttemptAt <= now ? t('deliveries.nextNow') : formatExact(language, line.nextAttemptAt)}</dd>
            </div>
          )}
        </dl>
        {isActable(line.state) && mayAct ? (
          <div className={styles['acts']}>
            <ActionButton tone="primary" icon="refresh" onAct={() => acts.tryAgain(line.deliveryId)}>
              {t('deliveries.tryAgain')}
            </ActionButton>
            <div className={styles['settle']}>
              <TextField
                label={t('deliveries.settleReason')}
                hint={t('deliveries.settleHint')}
                value={reason}
                onChange={setReason}
              />
              <ActionButton
                icon="check"
                disabled={reason.trim() === ''}
                onAct={() => acts.settleOutside(line.deliveryId, reason.trim())}
              >
                {t('deliveries.settle')}
              </ActionButton>
            </div>
          </div>
        ) : null}
        {isActable(line.state) && !mayAct ? <p className={styles['note']}>{t('deliveries.needsLead')}</p> : null}
      </div>
    </aside>
  );
}
