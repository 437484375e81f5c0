/** From what the window knows of an order, the opened contact and the store's policy to the document that becomes a label. */
import type { Contact } from '@shared/domain/order';
import type { LabelOrder } from '@shared/contract/packing';
import type { StorePolicy } from '@shared/domain/store';
import type { Instant } from '@shared/units/instant';
import type { WaybillDocumentInput } from '../../printing/documents/waybill-document';

const CJK = /[\u2e80-\u9fff\uf900-\ufaff]/;

/** The address as it is read where it goes to: large to small without gaps in Chinese, small to large with commas elsewhere. */
export function addressText(to: Contact): string {
  const parts = [to.province, to.city, to.district, to.street];
  if (CJK.test(parts.join(''))) {
    // Municipalities are their own province: 北京市北京市朝阳区 would be read as a mistake.
    const distinct = parts.filter((part, at) => part !== '' && part !== parts[at - 1]);
    return [distinct.join(''), to.postcode].filter((part) => part !== '').join(' ');
  }
  const reversed = [to.street, to.district, to.city, to.province, to.postcode, to.country];
  return reversed.filter((part) => part !== '').join(', ');
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Local time of this machine as `2026-03-01 14:05`. */
export function writtenMoment(at: Instant): string {
  const date = new Date(at);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

export interface WaybillFilling {
  readonly orders: readonly [LabelOrder, ...LabelOrder[]];
  readonly recipient: Contact;
  readonly policy: StorePolicy;
  readonly waybillNo: string;
  readonly carrier: string;
  readonly at: Instant;
}

/** The order code is the platform's own number of the first order: any window's index opens the shipment by it. */
export function fillWaybill({
  orders,
  recipient,
  policy,
  waybillNo,
  carrier,
  at,
}: WaybillFilling): WaybillDocumentInput {
  return {
    kind: 'waybill',
    waybillNumber: waybillNo,
    orderCode: orders[0].orderNo,
    courierName: carrier,
    storeName: policy.name,
    sender: policy.sender,
    recipient: { name: recipient.name, phone: recipient.phone, address: addressText(recipient) },
    lines: orders
      .flatMap((order) => order.lines)
      .filter((line) => line.quantity > 0)
      .slice(0, 500)
      .map((line) => ({
        sku: line.sku,
        title: [line.title, line.variantTitle].filter((text) => text !== '').join(' '),
        quantity: line.quantity,
      })),
    printedAt: writtenMoment(at),
  };
}
