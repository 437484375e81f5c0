import { useState, type ReactNode } from 'react';
import { role } from '@shared/domain/person';
import type { ErrorSentences } from '../../i18n/error-messages';
import { ActionButton } from '../../components/action-button/ActionButton';
import { ErrorSentencesPanel } from '../../components/error-sentences/ErrorSentencesPanel';
import { Choice } from '../../components/field/Choice';
import { TextField } from '../../components/field/TextField';
import { useTexts } from '../../i18n/use-texts';
import { useScans } from '../../state/scan-context';
import { parsePerson, type PersonDraft, type PersonField, type PersonToSave } from './person-draft';
import styles from './Forms.module.css';

export interface PersonFormProps {
  readonly initial: PersonDraft;
  /** The first person of a station is its administrator. */
  readonly isFirst: boolean;
  readonly busy: boolean;
  readonly problem: ErrorSentences | null;
  readonly onSave: (person: PersonToSave) => void;
  readonly onCancel?: () => void;
}

/** Who works here: name, role, and a badge or a PIN to sign in with. */
export function PersonForm({ initial, isFirst, busy, problem, onSave, onCancel }: PersonFormProps): ReactNode {
  const { t } = useTexts();
  const [draft, setDraft] = useState(initial);
  const [problems, setProblems] = useState<ReadonlySet<PersonField>>(new Set());
  const isNew = initial.personId === null;
  // While the form is open a scan is the badge, whatever has the focus.
  useScans(({ kind, scan }) => {
    if (kind === 'command') return false;
    setDraft((known) => ({ ...known, badge: scan.code }));
    return true;
  });
  const wrong = (field: PersonField, text: string): string | null => (problems.has(field) ? text : null);
  const save = (): void => {
    const parsed = parsePerson(draft);
    setProblems(parsed.ok ? new Set() : parsed.problems);
    if (parsed.ok) onSave(parsed.person);
  };
  return (
    <div className={styles['form']}>
      <h2 className={styles['title']}>
        {isFirst
          ? t('person.firstTitle')
          : isNew
            ? t('person.addTitle')
            : t('person.editTitle', { name: initial.name })}
      </h2>
      <fieldset className={styles['part']}>
        <legend>{t('person.who')}</legend>
        <div className={styles['grid']}>
          <TextField
            label={t('person.name')}
            value={draft.name}
            onChange={(name) => setDraft({ ...draft, name })}
            problem={wrong('name', t('setUp.checkThis'))}
          />
          <Choice
            label={t('person.role')}
            value={draft.role}
            disabled={isFirst}
            hint={t(`person.may.${draft.role}`)}
            options={role.options.map((key) => ({ key, text: t(`role.${key}`) }))}
            onChange={(chosen) => setDraft({ ...draft, role: chosen })}
          />
          <TextField
            label={t('person.badge')}
            hint={isNew ? t('person.badgeHint') : t('person.kept')}
            value={draft.badge}
            onChange={(badge) => setDraft({ ...draft, badge })}
            problem={wrong('badge', t('person.badgeWrong'))}
          />
          <TextField
            label={t('person.pin')}
            type="password"
            hint={isNew ? t('person.pinHint') : t('person.kept')}
            value={draft.pin}
            onChange={(pin) => setDraft({ ...draft, pin })}
            problem={wrong('pin', t('person.pinWrong'))}
          />
        </div>
      </fieldset>
      {problem === null ? null : <ErrorSentencesPanel sentences={problem} />}
      <div className={styles['foot']}>
        <span className={styles['rest']} />
        {onCancel === undefined ? null : <ActionButton onAct={onCancel}>{t('common.cancel')}</ActionButton>}
        <ActionButton tone="primary" busy={busy} onAct={save}>
          {t('common.save')}
        </ActionButton>
      </div>
    </div>
  );
}
