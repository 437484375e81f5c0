import type { Fact } from '@shared/domain/fact';
import type { ShipmentId } from '@shared/domain/ids';
import type { Contact, OrderMoney } from '@shared/domain/order';
import { hasRight, type Person } from '@shared/domain/person';
import { isPackable, unitsToPack } from '@shared/domain/shipment-state';
import { countedByLine, currentParcel, lineRefOf } from '@shared/domain/shipment-work';
import type { ShipmentRow } from '../../index-memory/index-types';
import type { QueueDetail, QueueRow, Sealed } from './queue-view';

/** Sealed values are opened one order at a time, when they are asked for, and forgotten when another row is chosen. */
export interface Opened {
  readonly id: ShipmentId;
  readonly contact: Sealed<Contact>;
  readonly money: Sealed<OrderMoney>;
}

/** Everything about one shipment; pure. */
export function detailOf(
  { plan, work, standing }: ShipmentRow,
  row: QueueRow,
  opened: Pick<Opened, 'contact' | 'money'>,
  walk: readonly Fact[] | null,
  person: Person | null,
): QueueDetail {
  const counted = countedByLine(currentParcel(work));
  return {
    row,
    reasons: standing.reasons,
    lines: plan.lines.map((line) => ({
      key: lineRefOf(line),
      name: [line.title, line.variantTitle].filter((text) => text !== '').join(' '),
      sku: line.sku,
      photo: line.photo,
      counted: counted.get(lineRefOf(line)) ?? 0,
      due: unitsToPack(line, work),
    })),
    shippingMethod: plan.shippingMethod,
    knownAt: plan.knownAt,
    contact: opened.contact,
    money: opened.money,
    walk,
    holds: work?.holds ?? [],
    mayHold:
      person !== null &&
      hasRight(person.role, 'release') &&
      standing.state !== 'closed' &&
      standing.state !== 'handed-over' &&
      standing.state !== 'cancelled',
    mayPack:
      person !== null && hasRight(person.role, 'pack') && (isPackable(standing.state) || standing.state === 'closed'),
  };
}
