import { useState, type ReactNode } from 'react';
import { ActionButton } from '../../../components/action-button/ActionButton';
import { ErrorSentencesPanel } from '../../../components/error-sentences/ErrorSentencesPanel';
import { TextField } from '../../../components/field/TextField';
import { Icon } from '../../../components/icons/Icon';
import type { IconName } from '../../../components/icons/icon-paths';
import { useTexts } from '../../../i18n/use-texts';
import { NumbersForm } from '../NumbersForm';
import { NEW_PERSON, type PersonToSave } from '../person-draft';
import { PersonForm } from '../PersonForm';
import { NEW_PRINTER, type PrinterDraft } from '../printer-draft';
import { PrinterForm } from '../PrinterForm';
import { NEW_STORE, type StoreDraft } from '../store-draft';
import { StoreForm } from '../StoreForm';
import { isStepDone, STEPS, type FirstRunView, type Step } from './first-run-view';
import styles from './FirstRunPanel.module.css';

export interface FirstRunActs {
  readonly go: (step: Step) => void;
  readonly practice: () => void;
  readonly applyDocument: (text: string) => void;
  readonly saveAdministrator: (person: PersonToSave) => void;
  readonly testStore: (draft: StoreDraft) => void;
  readonly saveStore: (draft: StoreDraft) => void;
  readonly savePrinter: (draft: PrinterDraft) => void;
  readonly printTest: () => void;
  readonly importNumbers: (ask: { readonly poolId: string; readonly carrier: string; readonly text: string }) => void;
  readonly finish: () => void;
}

export interface FirstRunProps {
  readonly view: FirstRunView;
  readonly acts: FirstRunActs;
}

/** A new station in a few steps; or the practice warehouse in one. */
export function FirstRunPanel({ view, acts }: FirstRunProps): ReactNode {
  const { t } = useTexts();
  const position = STEPS.findIndex((step) => step === view.step);
  const isPast = (index: number): boolean => index + 1 < position;
  return (
    <div className={styles['page']} data-screen="first-run">
      <div className={styles['inner']}>
        {position <= 0 ? null : (
          <ol className={styles['steps']} aria-label={t('firstRun.steps')}>
            {STEPS.slice(1).map((step, index) => (
              <li
                key={step}
                aria-current={step === view.step ? 'step' : undefined}
                className={isPast(index) && isStepDone(step, view.done) ? styles['past'] : ''}
              >
                {isPast(index) && isStepDone(step, view.done) ? (
                  <Icon name="tick" size={18} />
                ) : (
                  <span>{index + 1}</span>
                )}
                {t(`firstRun.step.${step}`)}
              </li>
            ))}
          </ol>
        )}
        <StepBody view={view} acts={acts} />
      </div>
    </div>
  );
}

function StepBody({ view, acts }: FirstRunProps): ReactNode {
  const { t } = useTexts();
  const common = { busy: view.busy, problem: view.problem };
  switch (view.step) {
    case 'welcome':
      return <Welcome view={view} acts={acts} />;
    case 'document':
      return <DocumentStep view={view} acts={acts} />;
    case 'administrator':
      return (
        <PersonForm
          initial={{ ...NEW_PERSON, role: 'administrator' }}
          isFirst
          {...common}
          onSave={acts.saveAdministrator}
        />
      );
    case 'store':
      return (
        <>
          <StoreForm
            initial={{ ...NEW_STORE, poolId: view.pool.poolId }}
            isNew
            {...common}
            tested={view.tested}
            onTest={acts.testStore}
            onSave={acts.saveStore}
            onCancel={() => acts.go('printer')}
          />
          <Later text={t('firstRun.later')} />
        </>
      );
    case 'printer':
      if (view.done.printer) return <PrinterDone view={view} acts={acts} />;
      return (
        <>
          <PrinterForm
            initial={NEW_PRINTER}
            isNew
            {...common}
            onSave={acts.savePrinter}
            onCancel={() => acts.go('numbers')}
          />
          <Later text={t('firstRun.later')} />
        </>
      );
    case 'numbers':
      return (
        <NumbersForm
          poolId={view.pool.poolId}
          carrier={view.pool.carrier}
          {...common}
          imported={view.imported}
          closeText={t('common.next')}
          onImport={acts.importNumbers}
          onCancel={() => acts.go('finish')}
        />
      );
    case 'finish':
      return <Finish view={view} acts={acts} />;
  }
}

const Later = ({ text }: { readonly text: string }): ReactNode => <p className={styles['later']}>{text}</p>;

function Welcome({ view, acts }: FirstRunProps): ReactNode {
  const { t } = useTexts();
  return (
    <>
      <header className={styles['welcome']}>
        <Icon name="mark" size={72} />
        <h1 className={styles['title']}>{t('firstRun.title')}</h1>
        <p className={styles['lead']}>{t('firstRun.lead')}</p>
      </header>
      {view.problem === null ? null : <ErrorSentencesPanel sentences={view.problem} />}
      <div className={styles['choices']}>
        <ChoiceCard icon="box" title={t('firstRun.practice')} text={t('firstRun.practiceText')}>
          <ActionButton tone="primary" large busy={view.busy} onAct={acts.practice}>
            {t('firstRun.practiceStart')}
          </ActionButton>
        </ChoiceCard>
        <ChoiceCard icon="store" title={t('firstRun.real')} text={t('firstRun.realText')}>
          <ActionButton large disabled={view.busy} onAct={() => acts.go('administrator')}>
            {t('firstRun.realStart')}
          </ActionButton>
        </ChoiceCard>
        <ChoiceCard icon="list" title={t('firstRun.document')} text={t('firstRun.documentText')}>
          <ActionButton large disabled={view.busy} onAct={() => acts.go('document')}>
            {t('firstRun.documentStart')}
          </ActionButton>
        </ChoiceCard>
      </div>
    </>
  );
}

function ChoiceCard({
  icon,
  title,
  text,
  children,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className={styles['choice']}>
      <Icon name={icon} size={40} />
      <h2 className={styles['choiceTitle']}>{title}</h2>
      <p className={styles['choiceText']}>{text}</p>
      {children}
    </section>
  );
}

function DocumentStep({ view, acts }: FirstRunProps): ReactNode {
  const { t } = useTexts();
  const [text, setText] = useState('');
  return (
    <section className={styles['document']}>
      <h1 className={styles['subtitle']}>{t('firstRun.document')}</h1>
      <label className={styles['file']}>
        <Icon name="list" size={20} />
        {t('firstRun.chooseFile')}
        <input
          type="file"
          accept=".json,.yaml,.yml"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file !== undefined) void file.text().then(setText);
          }}
        />
      </label>
      <TextField
        label={t('firstRun.documentField')}
        hint={t('firstRun.documentHint')}
        lines={12}
        value={text}
        onChange={setText}
      />
      {view.problem === null ? null : <ErrorSentencesPanel sentences={view.problem} />}
      {view.documentProblems.length === 0 ? null : (
        <table className={styles['problems']}>
          <thead>
            <tr>
              <th scope="col">{t('firstRun.place')}</th>
              <th scope="col">{t('firstRun.problem')}</th>
            </tr>
          </thead>
          <tbody>
            {view.documentProblems.map(({ path, problem }) => (
              <tr key={`${path} ${problem}`}>
                <td className="mono">{path}</td>
                <td>{problem}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className={styles['foot']}>
        <ActionButton icon="back" onAct={() => acts.go('welcome')}>
          {t('common.back')}
        </ActionButton>
        <ActionButton
          tone="primary"
          busy={view.busy}
          disabled={text.trim() === ''}
          onAct={() => acts.applyDocument(text)}
        >
          {t('firstRun.apply')}
        </ActionButton>
      </div>
    </section>
  );
}

function PrinterDone({ view, acts }: FirstRunProps): ReactNode {
  const { t } = useTexts();
  return (
    <section className={styles['finish']}>
      <Icon name="printer" size={88} />
      <h1 className={styles['subtitle']}>{t('firstRun.havePrinter')}</h1>
      {view.problem === null ? null : <ErrorSentencesPanel sentences={view.problem} />}
      {view.testPage === 'sent' ? <p role="status">{t('firstRun.testSent')}</p> : null}
      <div className={styles['foot']}>
        <ActionButton icon="tag" busy={view.busy} onAct={acts.printTest}>
          {t('printing.test')}
        </ActionButton>
        <ActionButton tone="primary" onAct={() => acts.go('numbers')}>
          {t('common.next')}
        </ActionButton>
      </div>
    </section>
  );
}

function Finish({ view, acts }: FirstRunProps): ReactNode {
  const { t } = useTexts();
  const { store, printer, numbers } = view.done;
  return (
    <section className={styles['finish']}>
      <Icon name="check" size={88} />
      <h1 className={styles['title']}>{t('firstRun.finishTitle')}</h1>
      <ul className={styles['checks']}>
        <Check done={store} text={t('firstRun.haveStore')} missing={t('firstRun.noStore')} />
        <Check done={printer} text={t('firstRun.havePrinter')} missing={t('firstRun.noPrinter')} />
        <Check done={numbers} text={t('firstRun.haveNumbers')} missing={t('firstRun.noNumbers')} />
      </ul>
      <ActionButton tone="primary" large onAct={acts.finish}>
        {t('firstRun.begin')}
      </ActionButton>
    </section>
  );
}

function Check({
  done,
  text,
  missing,
}: {
  readonly done: boolean;
  readonly text: string;
  readonly missing: string;
}): ReactNode {
  return (
    <li className={done ? styles['have'] : styles['miss']}>
      <Icon name={done ? 'check' : 'warn'} size={24} />
      {done ? text : missing}
    </li>
  );
}
