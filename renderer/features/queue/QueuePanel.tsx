import type { ReactNode } from 'react';
import { EmptyPicture, FailedPicture, LoadingPicture } from '../../components/picture/Picture';
import { VirtualList } from '../../components/virtual-list/VirtualList';
import { formatCount } from '../../i18n/format';
import { useTexts } from '../../i18n/use-texts';
import { DetailPanel, type DetailActs } from './DetailPanel';
import { FiltersPanel } from './FiltersPanel';
import { QueueRowLine, QUEUE_ROW_PX } from './QueueRowLine';
import type { QueueFilters, QueueView } from './queue-view';
import styles from './QueuePanel.module.css';

export interface QueueActs extends DetailActs {
  readonly filter: (filters: QueueFilters) => void;
  readonly choose: (position: number) => void;
  readonly open: (position: number) => void;
}

export interface QueuePanelProps {
  readonly view: QueueView;
  readonly acts: QueueActs;
}

/** One list of everything that is sold: most urgent first. */
export function QueuePanel({ view, acts }: QueuePanelProps): ReactNode {
  const { t, language } = useTexts();
  if (view.kind === 'failed') return <FailedPicture title={t('queue.failed')} hint={t('queue.failedHint')} />;
  if (view.kind === 'loading') {
    const hint =
      view.loaded === null ? {} : { hint: t('queue.loaded', { number: formatCount(language, view.loaded) }) };
    return <LoadingPicture title={t('queue.loading')} {...hint} />;
  }
  return (
    <div className={styles['screen']} data-screen="queue">
      <section className={styles['left']}>
        <FiltersPanel view={view} onFilter={acts.filter} />
        <div className={styles['table']}>
          <HeadLine />
          {view.length === 0 ? <NothingHere view={view} /> : <Rows view={view} acts={acts} />}
        </div>
      </section>
      {view.detail === null ? null : <DetailPanel detail={view.detail} now={view.now} acts={acts} />}
    </div>
  );
}

type Ready = Extract<QueueView, { kind: 'ready' }>;

function Rows({ view, acts }: { readonly view: Ready; readonly acts: QueueActs }): ReactNode {
  const { t } = useTexts();
  return (
    <VirtualList
      name={t('queue.list')}
      length={view.length}
      rowHeightPx={QUEUE_ROW_PX}
      chosen={view.chosen}
      takesFocus
      onChoose={acts.choose}
      onOpen={acts.open}
      keyAt={(position) => view.rowAt(position)?.key ?? String(position)}
      renderRow={(position, isChosen) => {
        const row = view.rowAt(position);
        return row === undefined ? null : <QueueRowLine row={row} now={view.now} isChosen={isChosen} />;
      }}
    />
  );
}

function NothingHere({ view }: { readonly view: Ready }): ReactNode {
  const { t } = useTexts();
  return view.total === 0 ? (
    <EmptyPicture icon="box" title={t('queue.empty')} hint={t('queue.emptyHint')} />
  ) : (
    <EmptyPicture icon="search" title={t('queue.nothingFound')} hint={t('queue.nothingFoundHint')} />
  );
}

function HeadLine(): ReactNode {
  const { t } = useTexts();
  return (
    <div className={styles['head']} aria-hidden="true">
      <span>{t('queue.tier')}</span>
      <span>{t('queue.deadline')}</span>
      <span>{t('queue.order')}</span>
      <span>{t('queue.goods')}</span>
      <span className={styles['number']}>{t('queue.units')}</span>
      <span>{t('queue.state')}</span>
    </div>
  );
}
