import { useState, type ReactNode } from 'react';
import { orderOfWork, TELLABLE_NOW } from '@shared/domain/store';
import type { ErrorSentences } from '../../i18n/error-messages';
import { ActionButton } from '../../components/action-button/ActionButton';
import { ErrorSentencesPanel } from '../../components/error-sentences/ErrorSentencesPanel';
import { Choice } from '../../components/field/Choice';
import { TextField } from '../../components/field/TextField';
import { Icon } from '../../components/icons/Icon';
import { formatCount } from '../../i18n/format';
import { useTexts } from '../../i18n/use-texts';
import { parseStore, type Problems, type StoreDraft, type StoreField } from './store-draft';
import styles from './Forms.module.css';

export interface StoreTest {
  readonly latencyMs: number;
  readonly openOrders: number;
  readonly firstOrders: readonly string[];
}

export interface StoreFormProps {
  readonly initial: StoreDraft;
  readonly isNew: boolean;
  readonly busy: boolean;
  readonly problem: ErrorSentences | null;
  readonly tested: StoreTest | null;
  readonly onTest: (draft: StoreDraft) => void;
  readonly onSave: (draft: StoreDraft) => void;
  readonly onCancel: () => void;
  readonly onRemove?: () => void;
}

const NOBODY: Problems = new Set();

/** A Medusa store: how to reach it, tried live before it is saved, and how the business treats its orders. */
export function StoreForm(props: StoreFormProps): ReactNode {
  const { t, language } = useTexts();
  const [draft, setDraft] = useState(props.initial);
  const [problems, setProblems] = useState(NOBODY);
  const set = (field: StoreField) => (value: string) => setDraft({ ...draft, [field]: value });
  const field = (
    name: StoreField,
    label: string,
    extra: { hint?: string; type?: 'password' | 'number' | 'url'; disabled?: boolean } = {},
  ): ReactNode => (
    <TextField
      label={label}
      value={draft[name]}
      onChange={set(name)}
      problem={problems.has(name) ? t('setUp.checkThis') : null}
      {...extra}
    />
  );
  const save = (): void => {
    const parsed = parseStore(draft, props.isNew);
    setProblems(parsed.ok ? NOBODY : parsed.problems);
    if (parsed.ok) props.onSave(draft);
  };
  const secretHint = props.isNew ? {} : { hint: t('store.secretKept') };
  return (
    <div className={styles['form']}>
      <h2 className={styles['title']}>
        {props.isNew ? t('store.addTitle') : t('store.editTitle', { name: props.initial.name })}
      </h2>
      <fieldset className={styles['part']}>
        <legend>{t('store.connection')}</legend>
        <div className={styles['grid']}>
          {field('name', t('store.name'))}
          {field('storeId', t('store.id'), { hint: t('store.idHint'), disabled: !props.isNew })}
        </div>
        {field('baseUrl', t('store.baseUrl'), { hint: t('store.baseUrlHint'), type: 'url' })}
        <div className={styles['grid']}>
          <Choice
            label={t('store.secretKind')}
            value={draft.secretKind}
            options={[
              { key: 'api-key', text: t('store.apiKeyKind') },
              { key: 'login', text: t('store.loginKind') },
            ]}
            onChange={(secretKind) => setDraft({ ...draft, secretKind })}
          />
          {draft.secretKind === 'api-key' ? (
            field('apiKey', t('store.apiKey'), { type: 'password', ...secretHint })
          ) : (
            <>
              {field('email', t('store.email'))}
              {field('password', t('store.password'), { type: 'password', ...secretHint })}
            </>
          )}
        </div>
        <div className={styles['row']}>
          <ActionButton icon="refresh" busy={props.busy} onAct={() => props.onTest(draft)}>
            {t('store.test')}
          </ActionButton>
          {props.tested === null ? null : (
            <p className={styles['good']} role="status">
              <Icon name="check" size={20} />
              {t('store.tested', {
                count: props.tested.openOrders,
                number: formatCount(language, props.tested.openOrders),
                latency: formatCount(language, Math.round(props.tested.latencyMs)),
              })}
              {props.tested.firstOrders.length === 0 ? null : ` ${props.tested.firstOrders.join(', ')}`}
            </p>
          )}
        </div>
      </fieldset>
      <fieldset className={styles['part']}>
        <legend>{t('store.work')}</legend>
        <div className={styles['grid']}>
          <Choice
            label={t('store.orderOfWork')}
            value={draft.orderOfWork}
            options={orderOfWork.options.map((key) => ({ key, text: t(`store.order.${key}`) }))}
            onChange={(value) => setDraft({ ...draft, orderOfWork: value })}
          />
          <Choice
            label={t('store.tellAt')}
            value={draft.tellAt}
            options={TELLABLE_NOW.map((key) => ({ key, text: t(`store.tell.${key}`) }))}
            onChange={(value) => setDraft({ ...draft, tellAt: value })}
          />
          {field('tier', t('store.tier'), { hint: t('store.tierHint'), type: 'number' })}
          {field('slaHours', t('store.slaHours'), { type: 'number' })}
          {field('lane', t('store.lane'))}
          {field('warehouse', t('store.warehouse'))}
          {field('withdrawSeconds', t('store.withdraw'), { hint: t('store.withdrawHint'), type: 'number' })}
          {field('carrier', t('store.carrier'))}
          {field('poolId', t('store.pool'), { hint: t('store.poolHint') })}
        </div>
      </fieldset>
      <fieldset className={styles['part']}>
        <legend>{t('store.sender')}</legend>
        <div className={styles['grid']}>
          {field('senderName', t('store.senderName'))}
          {field('senderPhone', t('store.senderPhone'))}
        </div>
        {field('senderAddress', t('store.senderAddress'))}
      </fieldset>
      <fieldset className={styles['part']}>
        <legend>{t('store.reading')}</legend>
        <div className={styles['grid']}>
          {field('pollSeconds', t('store.pollSeconds'), { type: 'number' })}
          {field('lookBackDays', t('store.lookBackDays'), { type: 'number' })}
          {field('locationId', t('store.locationId'), { hint: t('store.locationHint') })}
          {field('staleAfterMinutes', t('store.staleAfter'), { type: 'number' })}
          <Choice
            label={t('store.whenStale')}
            value={draft.whenStale}
            options={(['go-on', 'go-on-and-list', 'set-aside'] as const).map((key) => ({
              key,
              text: t(`store.stale.${key}`),
            }))}
            onChange={(whenStale) => setDraft({ ...draft, whenStale })}
          />
        </div>
      </fieldset>
      {problems.size === 0 ? null : <p className={styles['bad']}>{t('setUp.someFields')}</p>}
      {props.problem === null ? null : <ErrorSentencesPanel sentences={props.problem} />}
      <div className={styles['foot']}>
        {props.onRemove === undefined ? null : (
          <ActionButton icon="trash" onAct={props.onRemove}>
            {t('store.remove')}
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
