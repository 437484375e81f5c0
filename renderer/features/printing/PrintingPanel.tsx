import type { ReactNode } from 'react';
import type { PrinterView } from '@shared/contract/printing';
import type { PrinterId } from '@shared/domain/ids';
import { ActionButton } from '../../components/action-button/ActionButton';
import { ErrorSentencesPanel } from '../../components/error-sentences/ErrorSentencesPanel';
import { Icon } from '../../components/icons/Icon';
import { Pill } from '../../components/pill/Pill';
import { EmptyPicture, LoadingPicture } from '../../components/picture/Picture';
import { describeAttention } from '../../i18n/error-messages';
import { formatCount } from '../../i18n/format';
import { useTexts } from '../../i18n/use-texts';
import { JobsPanel } from './JobsPanel';
import { LabelsPanel } from './LabelsPanel';
import { PRINTER_LOOK, type PrintingView } from './printing-view';
import styles from './PrintingPanel.module.css';

export interface PrintingActs {
  readonly check: (id: PrinterId) => void;
  readonly test: (id: PrinterId) => void;
  readonly search: (text: string) => void;
}

export interface PrintingPanelProps {
  readonly view: PrintingView;
  readonly acts: PrintingActs;
}

/** Printers with what they need, the print journal, and in the practice warehouse the labels themselves. */
export function PrintingPanel({ view, acts }: PrintingPanelProps): ReactNode {
  const { t } = useTexts();
  return (
    <div className={styles['screen']} data-screen="printing">
      <section className={styles['left']}>
        <h1 className={styles['title']}>{t('printing.title')}</h1>
        {view.problem === null ? null : <ErrorSentencesPanel sentences={view.problem} />}
        <Printers view={view} acts={acts} />
        <JobsPanel view={view} onSearch={acts.search} />
      </section>
      {view.labels === null ? null : <LabelsPanel labels={view.labels} />}
    </div>
  );
}

function Printers({ view, acts }: PrintingPanelProps): ReactNode {
  const { t } = useTexts();
  if (view.printers === null) return <LoadingPicture title={t('printing.loading')} />;
  if (view.printers.length === 0)
    return <EmptyPicture icon="printer" title={t('printing.none')} hint={t('printing.noneHint')} />;
  return (
    <ul className={styles['printers']}>
      {view.printers.map((printer) => (
        <Printer key={printer.settings.printerId} printer={printer} view={view} acts={acts} />
      ))}
    </ul>
  );
}

function Printer({ printer, view, acts }: PrintingPanelProps & { readonly printer: PrinterView }): ReactNode {
  const { t, language } = useTexts();
  const { settings, attention } = printer;
  const look = PRINTER_LOOK[printer.state];
  const help = attention === null ? null : describeAttention(t, attention);
  const isBusy = view.busyWith === settings.printerId;
  return (
    <li className={styles['printer']} data-contrast="">
      <Icon name="printer" size={36} />
      <div className={styles['about']}>
        <p className={styles['name']}>{settings.name}</p>
        <p className={styles['minor']}>{`${settings.transport.host}:${settings.transport.port} · ${settings.model}`}</p>
      </div>
      <div className={styles['state']}>
        <Pill tone={look.tone} icon={look.icon}>
          {t(`printerState.${printer.state}`)}
        </Pill>
        <p className={styles['minor']}>
          {printer.waitingJobs > 0
            ? t('printing.waiting', { count: printer.waitingJobs, number: formatCount(language, printer.waitingJobs) })
            : printer.canTell
              ? ''
              : t('printing.cannotTell')}
        </p>
      </div>
      <div className={styles['acts']}>
        <ActionButton icon="refresh" busy={isBusy} onAct={() => acts.check(settings.printerId)}>
          {t('printing.check')}
        </ActionButton>
        {view.mayTest ? (
          <ActionButton icon="tag" busy={isBusy} onAct={() => acts.test(settings.printerId)}>
            {t('printing.test')}
          </ActionButton>
        ) : null}
      </div>
      {help === null ? null : (
        <p className={styles['help']}>
          <Icon name="warn" size={20} />
          <span>
            <strong>{help.what}</strong>
            {` ${help.next}`}
          </span>
        </p>
      )}
    </li>
  );
}
