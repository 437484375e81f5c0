import { useState, type ReactNode } from 'react';
import type { ErrorSentences } from '../../i18n/error-messages';
import { ActionButton } from '../../components/action-button/ActionButton';
import { ErrorSentencesPanel } from '../../components/error-sentences/ErrorSentencesPanel';
import { Choice } from '../../components/field/Choice';
import { TextField } from '../../components/field/TextField';
import { useTexts } from '../../i18n/use-texts';
import { parsePrinter, PRINTER_MODELS, type PrinterDraft, type PrinterField } from './printer-draft';
import styles from './Forms.module.css';

export interface PrinterFormProps {
  readonly initial: PrinterDraft;
  readonly isNew: boolean;
  readonly busy: boolean;
  readonly problem: ErrorSentences | null;
  readonly onSave: (draft: PrinterDraft) => void;
  readonly onCancel: () => void;
  readonly onRemove?: () => void;
}

/** A label printer on the network. */
export function PrinterForm(props: PrinterFormProps): ReactNode {
  const { t } = useTexts();
  const [draft, setDraft] = useState(props.initial);
  const [problems, setProblems] = useState<ReadonlySet<PrinterField>>(new Set());
  const wrong = (field: PrinterField): string | null => (problems.has(field) ? t('setUp.checkThis') : null);
  const save = (): void => {
    const parsed = parsePrinter(draft, 'new');
    setProblems(parsed.ok ? new Set() : parsed.problems);
    if (parsed.ok) props.onSave(draft);
  };
  return (
    <div className={styles['form']}>
      <h2 className={styles['title']}>
        {props.isNew ? t('printer.addTitle') : t('printer.editTitle', { name: props.initial.name })}
      </h2>
      <fieldset className={styles['part']}>
        <legend>{t('printer.where')}</legend>
        <TextField
          label={t('printer.name')}
          hint={t('printer.nameHint')}
          value={draft.name}
          onChange={(name) => setDraft({ ...draft, name })}
          problem={wrong('name')}
        />
        <div className={styles['grid']}>
          <TextField
            label={t('printer.host')}
            hint={t('printer.hostHint')}
            value={draft.host}
            onChange={(host) => setDraft({ ...draft, host })}
            problem={wrong('host')}
          />
          <TextField
            label={t('printer.port')}
            hint={t('printer.portHint')}
            type="number"
            value={draft.port}
            onChange={(port) => setDraft({ ...draft, port })}
            problem={wrong('port')}
          />
        </div>
        <Choice
          label={t('printer.model')}
          value={draft.model}
          options={PRINTER_MODELS.map((key) => ({ key, text: t(`printer.models.${key}`) }))}
          onChange={(model) => setDraft({ ...draft, model })}
        />
      </fieldset>
      {props.problem === null ? null : <ErrorSentencesPanel sentences={props.problem} />}
      <div className={styles['foot']}>
        {props.onRemove === undefined ? null : (
          <ActionButton icon="trash" onAct={props.onRemove}>
            {t('printer.remove')}
          </ActionButton>
        )}
        <span className={styles['rest']} />
        <ActionButton onAct={props.onCancel}>{t('common.cancel')}</ActionButton>
        <ActionButton tone="primary" busy={props.busy} onAct={save}>
          {t('common.save')}
        </ActionButton>
      </div>
    </div>
  );
}
