import { contact, orderMoney, type Contact, type OrderMoney } from '@shared/domain/order';
import type { OrderKey } from '@shared/domain/ids';
import { refuse, type Result } from '@shared/language/result';
import type { TallymanDatabase } from './database';
import type { FieldKeyRing } from './field-keys';
import { openSealed } from './open';

/** Why a sealed value stays shut. `no-key`: this role may not read it, or nobody is signed in. */
export type OpenRefusal = 'no-key' | 'order-unknown' | 'unreadable';

/** Opens sealed fields with whatever keys the signed-in role has at that moment (I9). */
export class ContactRepository {
  /** @param keys the ring of the moment, or null while nobody is signed in. */
  constructor(
    private readonly database: TallymanDatabase,
    private readonly keys: () => FieldKeyRing | null,
  ) {}

  async openContact(key: OrderKey): Promise<Result<Contact, OpenRefusal>> {
    const contactKey = this.keys()?.contact ?? null;
    if (contactKey === null) return refuse('no-key');
    const row = await this.database.orders.get(key);
    if (row === undefined) return refuse('order-unknown');
    return openSealed(contactKey, 'contact', key, row.sealedContact, contact);
  }

  async openMoney(key: OrderKey): Promise<Result<OrderMoney, OpenRefusal>> {
    const moneyKey = this.keys()?.money ?? null;
    if (moneyKey === null) return refuse('no-key');
    const row = await this.database.orders.get(key);
    if (row === undefined) return refuse('order-unknown');
    return openSealed(moneyKey, 'money', key, row.sealedMoney, orderMoney);
  }
}
