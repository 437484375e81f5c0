import type { ReactNode } from 'react';
import { ActionButton } from '../../components/action-button/ActionButton';
import { Notice } from '../../components/notice/Notice';
import { useTexts } from '../../i18n/use-texts';
import { bandOf } from './band';
import { BandPanel } from './BandPanel';
import { DonePanel } from './DonePanel';
import { IdlePanel } from './IdlePanel';
import { LinesPanel } from './LinesPanel';
import { NoLabelPanel } from './NoLabelPanel';
import type { PackingActs } from './packing-acts';
import { PACKING_KEYS } from './packing-keys';
import type { PackingView } from './packing-view';
import { ParcelPanel } from './ParcelPanel';
import { PrintQuestionPanel } from './PrintQuestionPanel';
import { ReleasePanel } from './ReleasePanel';
import { StoppedPanel } from './StoppedPanel';
import styles from './PackingPanel.module.css';

export interface PackingPanelProps {
  readonly view: PackingView;
  readonly acts: PackingActs;
}

/** The packing screen for one view. */
export function PackingPanel({ view, acts }: PackingPanelProps): ReactNode {
  const { t } = useTexts();
  return (
    <div className={styles['screen']} data-screen="packing">
      {view.inputMethodIsOn ? (
        <Notice tone="warn" icon="keyboard">
          {t('packing.inputMethod')}
        </Notice>
      ) : null}
      <div className={styles['work']}>
        <Work view={view} acts={acts} />
      </div>
    </div>
  );
}

function Work({ view, acts }: PackingPanelProps): ReactNode {
  const { moment } = view;
  const displayNo = view.parcel?.displayNos.join(' + ') ?? '';
  switch (moment.kind) {
    case 'done':
      return <DonePanel parcel={moment.parcel} />;
    case 'stopped':
      return <StoppedPanel stopped={moment} now={view.now} onAcknowledge={acts.acknowledgeStop} />;
    case 'print-unknown':
      return <PrintQuestionPanel question={moment} onAnswer={acts.answerPrint} />;
    case 'no-label':
      return <NoLabelPanel noLabel={moment} displayNo={displayNo} onPrint={acts.printLabel} />;
    case 'idle':
    case 'counting':
    case 'printing':
      return <Bench view={view} acts={acts} />;
  }
}

function Bench({ view, acts }: PackingPanelProps): ReactNode {
  const { t, language } = useTexts();
  const { parcel, moment } = view;
  return (
    <div className={`${styles['bench'] ?? ''} ${parcel === null ? (styles['waiting'] ?? '') : ''}`}>
      <BandPanel band={bandOf(t, language, view)} />
      {parcel === null ? (
        <div className={styles['idle']}>
          {moment.kind === 'idle' ? <IdlePanel idle={moment} /> : null}
          <div className={styles['idleActs']}>{view.canReopen ? <ReopenButton acts={acts} /> : null}</div>
        </div>
      ) : (
        <div className={styles['parcel']}>
          <LinesPanel lines={parcel.lines} lastRef={view.lastRef} />
          <ParcelPanel parcel={parcel} now={view.now}>
            {view.canPrint ? (
              <ActionButton leavesFocus icon="printer" keys={PACKING_KEYS.printLabel} onAct={acts.printLabel}>
                {t('packing.printLabel')}
              </ActionButton>
            ) : null}
            {view.canUndo ? (
              <ActionButton leavesFocus icon="undo" keys={PACKING_KEYS.undo} onAct={acts.undo}>
                {t('packing.undo')}
              </ActionButton>
            ) : null}
            {view.canPark ? (
              <ActionButton leavesFocus icon="park" keys={PACKING_KEYS.park} onAct={acts.park}>
                {t('packing.park')}
              </ActionButton>
            ) : null}
            {view.canReopen ? <ReopenButton acts={acts} /> : null}
            {view.release === 'no' ? null : (
              <ReleasePanel lines={parcel.lines} needsBadge={view.release === 'with-badge'} onRelease={acts.release} />
            )}
          </ParcelPanel>
        </div>
      )}
    </div>
  );
}

function ReopenButton({ acts }: { readonly acts: PackingActs }): ReactNode {
  const { t } = useTexts();
  return (
    <ActionButton leavesFocus icon="reopen" keys={PACKING_KEYS.reopenLast} onAct={acts.reopenLast}>
      {t('packing.reopenLast')}
    </ActionButton>
  );
}
