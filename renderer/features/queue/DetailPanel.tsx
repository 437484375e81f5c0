import type { ReactNode } from 'react';
import type { Instant } from '@shared/units/instant';
import { ActionButton } from '../../components/action-button/ActionButton';
import { Deadline } from '../../components/deadline/Deadline';
import { Icon } from '../../components/icons/Icon';
import { Photo } from '../../components/photo/Photo';
import { Pill } from '../../components/pill/Pill';
import { describeAsideReason } from '../../i18n/aside-reason';
import { formatAgo } from '../../i18n/format';
import { useTexts } from '../../i18n/use-texts';
import { ContactPanel, MoneyPanel } from './SealedPanels';
import { HoldsPanel } from './HoldsPanel';
import { STATE_LOOK, type QueueDetail } from './queue-view';
import { WalkPanel } from './WalkPanel';
import styles from './DetailPanel.module.css';

export interface DetailActs {
  readonly close: () => void;
  readonly pack: () => void;
  readonly openContact: () => void;
  readonly openMoney: () => void;
  readonly placeHold: (reason: string) => void;
  readonly releaseHold: (factId: string, reason: string) => void;
}

export interface DetailPanelProps {
  readonly detail: QueueDetail;
  readonly now: Instant;
  readonly acts: DetailActs;
}

/** Everything about one shipment that this role may see. */
export function DetailPanel({ detail, now, acts }: DetailPanelProps): ReactNode {
  const { t, language } = useTexts();
  const { row } = detail;
  const look = STATE_LOOK[row.state];
  return (
    <aside className={styles['panel']} aria-label={t('queue.detail')}>
      <header className={styles['head']}>
        <div className={styles['headTexts']}>
          <p className={styles['store']}>{row.storeName}</p>
          <h2 className={styles['order']}>{row.displayNos.join(' + ')}</h2>
        </div>
        <button
          type="button"
          className={styles['close']}
          aria-label={t('queue.closeDetail')}
          onClick={acts.close}
          data-target=""
        >
          <Icon name="close" />
        </button>
      </header>
      <div className={styles['body']}>
        <p className={styles['pills']}>
          <Pill tone={look.tone} icon={look.icon}>
            {t(`shipmentState.${row.state}`)}
          </Pill>
          <Deadline now={now} at={row.deadline} because={row.deadlineBecause} full />
        </p>
        {detail.reasons.length === 0 ? null : (
          <ul className={styles['reasons']}>
            {detail.reasons.map((reason) => {
              const text = describeAsideReason(t, language, now, reason);
              return (
                <li key={text}>
                  <Icon name="warn" size={18} />
                  {text}
                </li>
              );
            })}
          </ul>
        )}
        {row.sellerMemo === '' ? null : (
          <p className={styles['memo']}>
            <Icon name="memo" size={18} />
            {row.sellerMemo}
          </p>
        )}
        <ol className={styles['lines']} aria-label={t('packing.lines')}>
          {detail.lines.map((line) => (
            <li key={line.key}>
              <Photo path={line.photo} size={48} />
              <span className={styles['goods']}>
                <span className={styles['name']}>{line.name}</span>
                <span className={`mono ${styles['sku'] ?? ''}`}>{line.sku}</span>
              </span>
              <span className={styles['count']}>{`${line.counted} / ${line.due}`}</span>
            </li>
          ))}
        </ol>
        <dl className={styles['facts']}>
          {row.waybillNo === null ? null : <Pair name={t('packing.waybillNo')} value={row.waybillNo} />}
          {detail.shippingMethod === '' ? null : <Pair name={t('packing.courier')} value={detail.shippingMethod} />}
          <Pair name={t('queue.knownAt')} value={formatAgo(language, now, detail.knownAt)} />
        </dl>
        <ContactPanel contact={detail.contact} onOpen={acts.openContact} />
        <MoneyPanel money={detail.money} onOpen={acts.openMoney} />
        <HoldsPanel key={row.key} detail={detail} onPlace={acts.placeHold} onRelease={acts.releaseHold} />
        <WalkPanel walk={detail.walk} lines={detail.lines} />
      </div>
      {detail.mayPack ? (
        <footer className={styles['foot']}>
          <ActionButton tone="primary" large icon="box" keys="Enter" onAct={acts.pack}>
            {t('queue.pack')}
          </ActionButton>
        </footer>
      ) : null}
    </aside>
  );
}

function Pair({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
