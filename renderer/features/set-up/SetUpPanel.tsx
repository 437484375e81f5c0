import type { ReactNode } from 'react';
import type { Look } from '@shared/contract/app';
import type { PrinterId, StoreId } from '@shared/domain/ids';
import { Icon } from '../../components/icons/Icon';
import { useTexts } from '../../i18n/use-texts';
import { CommandSheet } from './CommandSheet';
import { LookPanel } from './LookPanel';
import { NumbersPanel, PeoplePanel, PrintersPanel, StoresPanel } from './ListPanels';
import type { PersonToSave } from './person-draft';
import type { PrinterDraft } from './printer-draft';
import { mayChange, SECTIONS, type OpenForm, type Section, type SetUpView } from './set-up-view';
import type { StoreDraft } from './store-draft';
import styles from './SetUpPanel.module.css';

export interface SetUpActs {
  readonly go: (section: Section) => void;
  readonly openForm: (form: OpenForm) => void;
  readonly testStore: (draft: StoreDraft) => void;
  readonly saveStore: (draft: StoreDraft) => void;
  readonly removeStore: (id: StoreId) => void;
  readonly pullNow: (id: StoreId) => void;
  readonly savePrinter: (draft: PrinterDraft) => void;
  readonly removePrinter: (id: PrinterId) => void;
  readonly importNumbers: (ask: { readonly poolId: string; readonly carrier: string; readonly text: string }) => void;
  readonly savePerson: (person: PersonToSave) => void;
  readonly saveLook: (look: Look) => void;
  readonly tryVoice: (text: string) => void;
}

export interface SetUpProps {
  readonly view: SetUpView;
  readonly acts: SetUpActs;
}

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
