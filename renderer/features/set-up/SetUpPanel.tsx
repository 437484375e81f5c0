import type { ReactNode } from 'react';
import { Icon } from '../../components/icons/Icon';
import { useTexts } from '../../i18n/use-texts';
import { CommandSheet } from './CommandSheet';
import { LookPanel } from './LookPanel';
import { NumbersPanel, PeoplePanel, PrintersPanel, StoresPanel } from './ListPanels';
import type { SetUpProps } from './set-up-acts';
import { mayChange, SECTIONS } from './set-up-view';
import styles from './SetUpPanel.module.css';

/** Stores, printers, numbers, people, look, and the sheet of command barcodes. */
export function SetUpPanel({ view, acts }: SetUpProps): ReactNode {
  const { t } = useTexts();
  return (
    <div className={styles['screen']} data-screen="set-up">
      <nav className={`${styles['nav'] ?? ''} screen-only`} aria-label={t('setUp.sections')}>
        <h1 className={styles['title']}>{t('setUp.title')}</h1>
        {SECTIONS.map(({ section, icon }) => (
          <button
            key={section}
            type="button"
            className={styles['item']}
            aria-current={view.section === section ? 'page' : undefined}
            onClick={() => acts.go(section)}
            data-target=""
          >
            <Icon name={icon} size={22} />
            {t(`setUp.section.${section}`)}
          </button>
        ))}
      </nav>
      <section className={styles['body']}>
        {mayChange(view, view.section) ? (
          <SectionBody view={view} acts={acts} />
        ) : (
          <p className={styles['locked']}>
            <Icon name="lock" size={24} />
            {t('setUp.notYours')}
          </p>
        )}
      </section>
    </div>
  );
}

function SectionBody({ view, acts }: SetUpProps): ReactNode {
  switch (view.section) {
    case 'stores':
      return <StoresPanel view={view} acts={acts} />;
    case 'printers':
      return <PrintersPanel view={view} acts={acts} />;
    case 'numbers':
      return <NumbersPanel view={view} acts={acts} />;
    case 'people':
      return <PeoplePanel view={view} acts={acts} />;
    case 'look':
      return <LookPanel look={view.look} problem={view.problem} onSave={acts.saveLook} onTryVoice={acts.tryVoice} />;
    case 'commands':
      return <CommandSheet />;
  }
}
