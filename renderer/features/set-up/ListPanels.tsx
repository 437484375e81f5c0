import { useState, type ReactNode } from 'react';
import type { StoreView } from '@shared/contract/stores';
import { ActionButton } from '../../components/action-button/ActionButton';
import { QuestionDialog } from '../../components/dialog/QuestionDialog';
import { ErrorSentencesPanel } from '../../components/error-sentences/ErrorSentencesPanel';
import { Icon } from '../../components/icons/Icon';
import type { IconName } from '../../components/icons/icon-paths';
import { EmptyPicture, LoadingPicture } from '../../components/picture/Picture';
import { describeGatewayFailure } from '../../i18n/error-messages';
import { formatAgo, formatCount } from '../../i18n/format';
import { useTexts } from '../../i18n/use-texts';
import { NumbersForm } from './NumbersForm';
import { draftOfPerson, NEW_PERSON } from './person-draft';
import { PersonForm } from './PersonForm';
import { draftOfPrinter, NEW_PRINTER } from './printer-draft';
import { PrinterForm } from './PrinterForm';
import type { SetUpProps } from './set-up-acts';
import type { SetUpView } from './set-up-view';
import { draftOfStore, NEW_STORE } from './store-draft';
import { StoreForm } from './StoreForm';
import styles from './ListPanels.module.css';

interface ListProps {
  readonly title: string;
  readonly add: string;
  readonly onAdd: () => void;
  readonly loading: boolean;
  readonly empty: { readonly icon: IconName; readonly title: string; readonly hint: string } | null;
  readonly problem: SetUpView['problem'];
  readonly children: ReactNode;
}

function List({ title, add, onAdd, loading, empty, problem, children }: ListProps): ReactNode {
  const { t } = useTexts();
  return (
    <div className={styles['list']}>
      <header className={styles['head']}>
        <h2 className={styles['title']}>{title}</h2>
        <ActionButton tone="primary" icon="plus" onAct={onAdd}>
          {add}
        </ActionButton>
      </header>
      {problem === null ? null : <ErrorSentencesPanel sentences={problem} />}
      {loading ? <LoadingPicture title={t('setUp.loading')} /> : null}
      {!loading && empty !== null ? <EmptyPicture {...empty} /> : null}
      <ul className={styles['rows']}>{children}</ul>
    </div>
  );
}

interface RowProps {
  readonly icon: IconName;
  readonly name: string;
  readonly about: string;
  readonly warning?: string | null;
  readonly edit: string;
  readonly onEdit: () => void;
  readonly children?: ReactNode;
}

function Row({ icon, name, about, warning = null, edit, onEdit, children }: RowProps): ReactNode {
  return (
    <li className={styles['row']}>
      <Icon name={icon} size={28} />
      <div className={styles['texts']}>
        <p className={styles['name']}>{name}</p>
        <p className={styles['about']}>{about}</p>
        {warning === null ? null : (
          <p className={styles['warning']}>
            <Icon name="warn" size={18} />
            {warning}
          </p>
        )}
      </div>
      {children}
      <ActionButton icon="edit" onAct={onEdit}>
        {edit}
      </ActionButton>
    </li>
  );
}

/** Asks before something is taken away; the question has the focus, not the answer. */
function useRemoval(): {
  readonly ask: (remove: () => void) => void;
  readonly dialog: (title: string, text: string, confirm: string) => ReactNode;
} {
  const { t } = useTexts();
  const [remove, setRemove] = useState<(() => void) | null>(null);
  return {
    ask: (what) => setRemove(() => what),
    dialog: (title, text, confirm) =>
      remove === null ? null : (
        <QuestionDialog
          title={title}
          cancel={t('common.cancel')}
          confirm={confirm}
          tone="danger"
          onCancel={() => setRemove(null)}
          onConfirm={() => {
            setRemove(null);
            remove();
          }}
        >
          <p>{text}</p>
        </QuestionDialog>
      ),
  };
}

export function StoresPanel({ view, acts }: SetUpProps): ReactNode {
  const { t } = useTexts();
  const removal = useRemoval();
  const { form, stores } = view;
  if (form.kind !== 'none') {
    const store = form.kind === 'edit' ? stores?.find(({ policy }) => policy.storeId === form.id) : undefined;
    return (
      <>
        <StoreForm
          key={form.kind === 'edit' ? form.id : 'new'}
          initial={store === undefined ? NEW_STORE : draftOfStore(store)}
          isNew={store === undefined}
          busy={view.busy}
          problem={view.problem}
          tested={view.tested}
          onTest={acts.testStore}
          onSave={acts.saveStore}
          onCancel={() => acts.openForm({ kind: 'none' })}
          {...(store === undefined
            ? {}
            : { onRemove: () => removal.ask(() => acts.removeStore(store.policy.storeId)) })}
        />
        {removal.dialog(t('store.removeTitle'), t('store.removeText'), t('store.remove'))}
      </>
    );
  }
  return (
    <List
      title={t('setUp.section.stores')}
      add={t('store.add')}
      onAdd={() => acts.openForm({ kind: 'new' })}
      loading={stores === null}
      empty={stores?.length === 0 ? { icon: 'store', title: t('store.none'), hint: t('store.noneHint') } : null}
      problem={view.problem}
    >
      {(stores ?? []).map((store) => (
        <StoreRow key={store.policy.storeId} store={store} view={view} acts={acts} />
      ))}
    </List>
  );
}

function StoreRow({ store, view, acts }: SetUpProps & { readonly store: StoreView }): ReactNode {
  const { t, language } = useTexts();
  const { policy, connection, freshness } = store;
  const failure = freshness.failure === null ? null : describeGatewayFailure(t, freshness.failure.code);
  const unreadable = freshness.unreadable.length;
  const warning =
    failure !== null
      ? `${failure.what} ${failure.next}`
      : unreadable > 0
        ? t('store.unreadable', {
            count: unreadable,
            orders: freshness.unreadable
              .map((order) => order.orderNo)
              .slice(0, 5)
              .join(', '),
          })
        : null;
  const read =
    freshness.caughtUpAt === null
      ? t('freshness.never')
      : t('freshness.fresh', { ago: formatAgo(language, view.now, freshness.caughtUpAt) });
  return (
    <Row
      icon="store"
      name={policy.name}
      about={`${connection.baseUrl} · ${t('packing.tier', { tier: policy.tier })} · ${read}`}
      warning={warning}
      edit={t('setUp.edit')}
      onEdit={() => acts.openForm({ kind: 'edit', id: policy.storeId })}
    >
      <ActionButton icon="refresh" onAct={() => acts.pullNow(policy.storeId)}>
        {t('store.pullNow')}
      </ActionButton>
    </Row>
  );
}

export function PrintersPanel({ view, acts }: SetUpProps): ReactNode {
  const { t } = useTexts();
  const removal = useRemoval();
  const { form, printers } = view;
  if (form.kind !== 'none') {
    const printer = form.kind === 'edit' ? printers?.find(({ settings }) => settings.printerId === form.id) : undefined;
    return (
      <>
        <PrinterForm
          key={form.kind === 'edit' ? form.id : 'new'}
          initial={printer === undefined ? NEW_PRINTER : draftOfPrinter(printer.settings)}
          isNew={printer === undefined}
          busy={view.busy}
          problem={view.problem}
          onSave={acts.savePrinter}
          onCancel={() => acts.openForm({ kind: 'none' })}
          {...(printer === undefined
            ? {}
            : { onRemove: () => removal.ask(() => acts.removePrinter(printer.settings.printerId)) })}
        />
        {removal.dialog(t('printer.removeTitle'), t('printer.removeText'), t('printer.remove'))}
      </>
    );
  }
  return (
    <List
      title={t('setUp.section.printers')}
      add={t('printer.add')}
      onAdd={() => acts.openForm({ kind: 'new' })}
      loading={printers === null}
      empty={
        printers?.length === 0 ? { icon: 'printer', title: t('printing.none'), hint: t('printer.noneHint') } : null
      }
      problem={view.problem}
    >
      {(printers ?? []).map(({ settings, state }) => (
        <Row
          key={settings.printerId}
          icon="printer"
          name={settings.name}
          about={`${settings.transport.host}:${settings.transport.port} · ${settings.model} · ${t(`printerState.${state}`)}`}
          edit={t('setUp.edit')}
          onEdit={() => acts.openForm({ kind: 'edit', id: settings.printerId })}
        />
      ))}
    </List>
  );
}

export function NumbersPanel({ view, acts }: SetUpProps): ReactNode {
  const { t, language } = useTexts();
  const { form, pools } = view;
  if (form.kind !== 'none') {
    const pool = form.kind === 'edit' ? pools?.find(({ poolId }) => poolId === form.id) : undefined;
    return (
      <NumbersForm
        poolId={pool?.poolId ?? ''}
        carrier={pool?.carrier ?? ''}
        busy={view.busy}
        problem={view.problem}
        imported={view.imported}
        onImport={acts.importNumbers}
        onCancel={() => acts.openForm({ kind: 'none' })}
      />
    );
  }
  return (
    <List
      title={t('setUp.section.numbers')}
      add={t('numbers.import')}
      onAdd={() => acts.openForm({ kind: 'new' })}
      loading={pools === null}
      empty={pools?.length === 0 ? { icon: 'barcode', title: t('numbers.none'), hint: t('numbers.noneHint') } : null}
      problem={view.problem}
    >
      {(pools ?? []).map((pool) => (
        <Row
          key={pool.poolId}
          icon="barcode"
          name={`${pool.carrier} · ${pool.poolId}`}
          about={t('numbers.counts', {
            free: formatCount(language, pool.free),
            used: formatCount(language, pool.used),
            voided: formatCount(language, pool.voided),
          })}
          warning={pool.free < FEW_NUMBERS ? t('numbers.few', { count: pool.free }) : null}
          edit={t('numbers.importMore')}
          onEdit={() => acts.openForm({ kind: 'edit', id: pool.poolId })}
        />
      ))}
    </List>
  );
}

/** Below this many free numbers a busy bench runs out within the hour. */
const FEW_NUMBERS = 200;

export function PeoplePanel({ view, acts }: SetUpProps): ReactNode {
  const { t } = useTexts();
  const { form, people } = view;
  if (form.kind !== 'none') {
    const person = form.kind === 'edit' ? people?.find(({ personId }) => personId === form.id) : undefined;
    return (
      <PersonForm
        key={form.kind === 'edit' ? form.id : 'new'}
        initial={person === undefined ? NEW_PERSON : draftOfPerson(person)}
        isFirst={false}
        busy={view.busy}
        problem={view.problem}
        onSave={acts.savePerson}
        onCancel={() => acts.openForm({ kind: 'none' })}
      />
    );
  }
  return (
    <List
      title={t('setUp.section.people')}
      add={t('person.add')}
      onAdd={() => acts.openForm({ kind: 'new' })}
      loading={people === null}
      empty={people?.length === 0 ? { icon: 'people', title: t('person.none'), hint: t('person.noneHint') } : null}
      problem={view.problem}
    >
      {(people ?? []).map((person) => (
        <Row
          key={person.personId}
          icon="person"
          name={person.name}
          about={`${t(`role.${person.role}`)} · ${t(`person.may.${person.role}`)}`}
          edit={t('setUp.edit')}
          onEdit={() => acts.openForm({ kind: 'edit', id: person.personId })}
        />
      ))}
    </List>
  );
}
