import type { ReactNode } from 'react';
import { Icon } from '../../components/icons/Icon';
import { Pill } from '../../components/pill/Pill';
import { EmptyPicture, LoadingPicture } from '../../components/picture/Picture';
import { attention } from '@shared/contract/printing';
import type { PrintJobView } from '@shared/contract/printing';
import { formatExact } from '../../i18n/format';
import { useTexts } from '../../i18n/use-texts';
import { JOB_LOOK, type PrintingView } from './printing-view';
import styles from './JobsPanel.module.css';

/** The print journal: the answer to "was it printed?" also after a restart. */
export function JobsPanel({
  view,
  onSearch,
}: {
  readonly view: PrintingView;
  readonly onSearch: (text: string) => void;
}): ReactNode {
  const { t } = useTexts();
  return (
    <section className={styles['panel']}>
      <header className={styles['head']}>
        <h2 className={styles['title']}>{t('printing.journal')}</h2>
        <label className={styles['search']}>
          <Icon name="search" size={20} />
          <span className="visually-hidden">{t('printing.search')}</span>
          <input
            type="search"
            value={view.search}
            placeholder={t('printing.search')}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => onSearch(event.target.value)}
          />
        </label>
      </header>
      <Jobs view={view} />
    </section>
  );
}

function Jobs({ view }: { readonly view: PrintingView }): ReactNode {
  const { t } = useTexts();
  if (view.jobs === null) return <LoadingPicture title={t('printing.journalLoading')} />;
  if (view.jobs.length === 0)
    return (
      <EmptyPicture icon="tag" title={view.search === '' ? t('printing.journalEmpty') : t('printing.journalNothing')} />
    );
  return (
    <ol className={styles['jobs']}>
      {view.jobs.map((job) => (
        <Job key={job.jobId} job={job} printerName={nameOf(view, job)} />
      ))}
    </ol>
  );
}

const nameOf = (view: PrintingView, job: PrintJobView): string =>
  view.printers?.find((printer) => printer.settings.printerId === job.printerId)?.settings.name ?? job.printerId;

function Job({ job, printerName }: { readonly job: PrintJobView; readonly printerName: string }): ReactNode {
  const { t, language } = useTexts();
  const look = JOB_LOOK[job.state];
  const why = attention.safeParse(job.code);
  return (
    <li className={styles['job']}>
      <span className={styles['number']}>{job.waybillNo === '' ? t('printing.testPage') : job.waybillNo}</span>
      <span className={styles['minor']}>{printerName}</span>
      <Pill tone={look.tone} icon={look.icon}>
        {t(`jobState.${job.state}`)}
      </Pill>
      <span className={styles['minor']}>{why.success ? t(`attention.${why.data}`) : job.code}</span>
      <span className={styles['time']}>{formatExact(language, job.queuedAt)}</span>
    </li>
  );
}
