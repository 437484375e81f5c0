import { useState, type ReactNode } from 'react';
import type { ErrorSentences } from '../../i18n/error-messages';
import { ActionButton } from '../../components/action-button/ActionButton';
import { ErrorSentencesPanel } from '../../components/error-sentences/ErrorSentencesPanel';
import { TextField } from '../../components/field/TextField';
import { Icon } from '../../components/icons/Icon';
import { formatCount } from '../../i18n/format';
import { useTexts } from '../../i18n/use-texts';
import styles from './Forms.module.css';

export interface NumbersImported {
  readonly added: number;
  readonly known: number;
  readonly invalid: readonly { readonly line: number; readonly text: string }[];
}

export interface NumbersFormProps {
  readonly poolId: string;
  readonly carrier: string;
  readonly busy: boolean;
  readonly problem: ErrorSentences | null;
  readonly imported: NumbersImported | null;
  readonly onImport: (ask: { readonly poolId: string; readonly carrier: string; readonly text: string }) => void;
  readonly onCancel?: () => void;
  /** What leaving is called here. */
  readonly closeText?: string;
}

/** Waybill numbers of a courier, pasted or from a file; each is used once, for ever (I7). */
export function NumbersForm(props: NumbersFormProps): ReactNode {
  const { t } = useTexts();
  const [poolId, setPoolId] = useState(props.poolId);
  const [carrier, setCarrier] = useState(props.carrier);
  const [text, setText] = useState('');
  const canImport = poolId.trim() !== '' && carrier.trim() !== '' && text.trim() !== '';
  return (
    <div className={styles['form']}>
      <h2 className={styles['title']}>{t('numbers.importTitle')}</h2>
      <fieldset className={styles['part']}>
        <legend>{t('numbers.pool')}</legend>
        <div className={styles['grid']}>
          <TextField label={t('numbers.poolId')} hint={t('numbers.poolIdHint')} value={poolId} onChange={setPoolId} />
          <TextField label={t('numbers.carrier')} value={carrier} onChange={setCarrier} />
        </div>
        <TextField label={t('numbers.text')} hint={t('numbers.textHint')} lines={8} value={text} onChange={setText} />
        <label className={styles['file']}>
          <Icon name="list" size={20} />
          {t('numbers.fromFile')}
          <input
            type="file"
            accept=".txt,.csv,text/plain"
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file !== undefined) void file.text().then(setText);
            }}
          />
        </label>
      </fieldset>
      {props.imported === null ? null : <ImportResult imported={props.imported} />}
      {props.problem === null ? null : <ErrorSentencesPanel sentences={props.problem} />}
      <div className={styles['foot']}>
        <span className={styles['rest']} />
        {props.onCancel === undefined ? null : (
          <ActionButton onAct={props.onCancel}>{props.closeText ?? t('common.close')}</ActionButton>
        )}
        <ActionButton
          tone="primary"
          busy={props.busy}
          disabled={!canImport}
          onAct={() => props.onImport({ poolId: poolId.trim(), carrier: carrier.trim(), text })}
        >
          {t('numbers.import')}
        </ActionButton>
      </div>
    </div>
  );
}

function ImportResult({ imported }: { readonly imported: NumbersImported }): ReactNode {
  const { t, language } = useTexts();
  return (
    <div className={styles['part']} role="status">
      <p className={styles['good']}>
        <Icon name="check" size={20} />
        {t('numbers.added', { count: imported.added, number: formatCount(language, imported.added) })}
        {imported.known === 0
          ? null
          : ` ${t('numbers.known', { count: imported.known, number: formatCount(language, imported.known) })}`}
      </p>
      {imported.invalid.length === 0 ? null : (
        <>
          <p className={styles['bad']}>{t('numbers.invalid', { count: imported.invalid.length })}</p>
          <ol className={styles['problems']}>
            {imported.invalid.map((bad) => (
              <li key={bad.line} className="mono">{`${bad.line}: ${bad.text}`}</li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
