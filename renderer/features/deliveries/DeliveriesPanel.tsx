import type { ReactNode } from 'react';
import type { Instant } from '@shared/units/instant';
import { Deadline } from '../../components/deadline/Deadline';
import { ErrorSentencesPanel } from '../../components/error-sentences/ErrorSentencesPanel';
import { FilterChip } from '../../components/filter-chip/FilterChip';
import { Pill } from '../../components/pill/Pill';
import { EmptyPicture, LoadingPicture } from '../../components/picture/Picture';
import { VirtualList } from '../../components/virtual-list/VirtualList';
import { describeDeliveryCode } from '../../i18n/error-messages';
import { formatAgo, formatCount, formatSpan } from '../../i18n/format';
import { useTexts } from '../../i18n/use-texts';
import { ActPanel } from './ActPanel';
import type { DeliveriesActs } from './deliveries-acts';
import { DELIVERY_LOOK, DELIVERY_STATES, type DeliveriesView, type DeliveryLine } from './deliveries-view';
import styles from './DeliveriesPanel.module.css';

export interface DeliveriesPanelProps {
  readonly view: DeliveriesView;
  readonly acts: DeliveriesActs;
}

const ROW_PX = 64;

/** Every fact on its way to a platform 回传: where it stands, why, and what a person can do about it. */
export function DeliveriesPanel({ view, acts }: DeliveriesPanelProps): ReactNode {
  const { t, language } = useTexts();
  const chosen = view.lines?.find((line) => line.deliveryId === view.chosen) ?? null;
  return (
    <div className={styles['screen']} data-screen="deliveries">
      <section className={styles['left']}>
        <header className={styles['head']}>
          <h1 className={styles['title']}>{t('deliveries.title')}</h1>
          <p className={styles['hint']}>{t('deliveries.hint')}</p>
        </header>
        <div className={styles['chips']} role="group" aria-label={t('deliveries.byState')}>
          {DELIVERY_STATES.map((state) => (
            <FilterChip
              key={state}
              icon={DELIVERY_LOOK[state].icon}
              tone={DELIVERY_LOOK[state].tone}
              count={formatCount(language, view.counts[state])}
              isOn={view.state === state}
              onToggle={() => acts.show(state)}
            >
              {t(`deliveryState.${state}`)}
            </FilterChip>
          ))}
        </div>
        {view.problem === null ? null : <ErrorSentencesPanel sentences={view.problem} />}
        <div className={styles['table']}>
          <Lines view={view} acts={acts} />
        </div>
      </section>
      {chosen === null ? null : (
        <ActPanel key={chosen.deliveryId} line={chosen} now={view.now} mayAct={view.mayAct} acts={acts} />
      )}
    </div>
  );
}

function Lines({ view, acts }: DeliveriesPanelProps): ReactNode {
  const { t } = useTexts();
  const { lines } = view;
  if (lines === null) return <LoadingPicture title={t('deliveries.loading')} />;
  if (lines.length === 0)
    return <EmptyPicture icon="send" title={t('deliveries.empty', { state: t(`deliveryState.${view.state}`) })} />;
  return (
    <VirtualList
      name={t('deliveries.title')}
      length={lines.length}
      rowHeightPx={ROW_PX}
      chosen={lines.findIndex((line) => line.deliveryId === view.chosen)}
      onChoose={(position) => acts.choose(lines[position]?.deliveryId ?? null)}
      keyAt={(position) => lines[position]?.deliveryId ?? String(position)}
      renderRow={(position, isChosen) => {
        const line = lines[position];
        return line === undefined ? null : <Line line={line} now={view.now} isChosen={isChosen} />;
      }}
    />
  );
}

function Line({
  line,
  now,
  isChosen,
}: {
  readonly line: DeliveryLine;
  readonly now: Instant;
  readonly isChosen: boolean;
}): ReactNode {
  const { t, language } = useTexts();
  const look = DELIVERY_LOOK[line.state];
  const why = line.lastCode === null ? '' : describeDeliveryCode(t, line.lastCode).what;
  return (
    <div className={`${styles['row'] ?? ''} ${isChosen ? (styles['chosen'] ?? '') : ''}`}>
      <span className={styles['two']}>
        <span className={styles['strong']}>{line.displayNo}</span>
        <span className={styles['minor']}>{line.storeName}</span>
      </span>
      <span className={styles['two']}>
        <span className={styles['strong']}>{line.waybillNo}</span>
        <span className={styles['minor']}>{line.carrier}</span>
      </span>
      <span className={styles['two']}>
        <span className={styles['state']}>
          <Pill tone={look.tone} icon={look.icon}>
            {t(`deliveryState.${line.state}`)}
          </Pill>
        </span>
        <span className={styles['minor']}>{why}</span>
      </span>
      <span className={styles['two']}>
        <span className={styles['plain']}>
          {t('deliveries.attempts', { count: line.attempts, number: formatCount(language, line.attempts) })}
        </span>
        <span className={styles['minor']}>{nextText(t, language, line, now)}</span>
      </span>
      <span className={styles['two']}>
        {line.deadline === null ? null : <Deadline now={now} at={line.deadline} because="platform-promise" />}
        <span className={styles['minor']}>
          {t('deliveries.closed', { ago: formatAgo(language, now, line.createdAt) })}
        </span>
      </span>
    </div>
  );
}

function nextText(
  t: ReturnType<typeof useTexts>['t'],
  language: ReturnType<typeof useTexts>['language'],
  line: DeliveryLine,
  now: Instant,
): string {
  if (line.nextAttemptAt === null) return '';
  if (line.nextAttemptAt <= now) return t('deliveries.nextNow');
  return t('deliveries.nextIn', { span: formatSpan(language, line.nextAttemptAt - now) });
}
