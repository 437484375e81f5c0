import type { ReactNode } from 'react';
import type { Contact, OrderMoney } from '@shared/domain/order';
import { ActionButton } from '../../components/action-button/ActionButton';
import { Icon } from '../../components/icons/Icon';
import { formatMoney } from '../../i18n/format';
import { useTexts } from '../../i18n/use-texts';
import type { Sealed } from './queue-view';
import styles from './SealedPanels.module.css';

interface SealedBoxProps<T> {
  readonly title: string;
  readonly open: string;
  readonly sealed: Sealed<T>;
  readonly onOpen: () => void;
  readonly show: (value: T) => ReactNode;
}

/** A sealed value stays closed until somebody who may read it asks for it. */
function SealedBox<T>({ title, open, sealed, onOpen, show }: SealedBoxProps<T>): ReactNode {
  const { t } = useTexts();
  return (
    <section className={styles['box']}>
      <h3 className={styles['title']}>{title}</h3>
      {sealed.kind === 'not-for-this-role' ? (
        <p className={styles['sealed']}>
          <Icon name="lock" size={18} />
          {t('queue.notForThisRole')}
        </p>
      ) : null}
      {sealed.kind === 'unreadable' ? <p className={styles['sealed']}>{t('queue.sealedUnreadable')}</p> : null}
      {sealed.kind === 'closed' || sealed.kind === 'opening' ? (
        <ActionButton icon="lock" busy={sealed.kind === 'opening'} onAct={onOpen}>
          {open}
        </ActionButton>
      ) : null}
      {sealed.kind === 'open' ? show(sealed.value) : null}
    </section>
  );
}

export function ContactPanel({
  contact,
  onOpen,
}: {
  readonly contact: Sealed<Contact>;
  readonly onOpen: () => void;
}): ReactNode {
  const { t } = useTexts();
  return (
    <SealedBox
      title={t('queue.contact')}
      open={t('queue.openContact')}
      sealed={contact}
      onOpen={onOpen}
      show={(value) => (
        <address className={styles['address']}>
          <span className={styles['name']}>{`${value.name}　${value.phone}`}</span>
          <span>{[value.province, value.city, value.district].filter((part) => part !== '').join(' ')}</span>
          <span>{value.street}</span>
          <span>{[value.postcode, value.country].filter((part) => part !== '').join(' ')}</span>
        </address>
      )}
    />
  );
}

export function MoneyPanel({
  money,
  onOpen,
}: {
  readonly money: Sealed<OrderMoney>;
  readonly onOpen: () => void;
}): ReactNode {
  const { t, language } = useTexts();
  // Who may not read money is not told that there is any.
  if (money.kind === 'not-for-this-role') return null;
  return (
    <SealedBox
      title={t('queue.money')}
      open={t('queue.openMoney')}
      sealed={money}
      onOpen={onOpen}
      show={(value) => (
        <dl className={styles['money']}>
          <MoneyLine name={t('queue.total')} value={formatMoney(language, value.total)} />
          {value.shipping === null ? null : (
            <MoneyLine name={t('queue.shipping')} value={formatMoney(language, value.shipping)} />
          )}
          {value.discount === null ? null : (
            <MoneyLine name={t('queue.discount')} value={formatMoney(language, value.discount)} />
          )}
          {value.refunded === null ? null : (
            <MoneyLine name={t('queue.refunded')} value={formatMoney(language, value.refunded)} />
          )}
        </dl>
      )}
    />
  );
}

function MoneyLine({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
