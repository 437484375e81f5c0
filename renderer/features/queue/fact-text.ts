import type { TFunction } from 'i18next';
import { assertNever } from '@shared/language/assert-never';
import type { FactBody } from '@shared/domain/fact';

/** Facts that say everything by their kind. */
const PLAIN = {
  'count-undone': 'fact.countUndone',
  'parcel-verified': 'fact.parcelVerified',
  'print-queued': 'fact.printQueued',
  'parcel-closed': 'fact.parcelClosed',
  'deliveries-created': 'fact.deliveriesCreated',
  'parcel-reopened': 'fact.parcelReopened',
  'parcel-parked': 'fact.parcelParked',
  'grouping-undone': 'fact.groupingUndone',
} as const;
type PlainBody = Extract<FactBody, { kind: keyof typeof PLAIN }>;
const isPlain = (body: FactBody): body is PlainBody => Object.hasOwn(PLAIN, body.kind);

/** One fact in plain words. @param goodsOf the name of an order line's goods. @param personOf the name behind an id. */
export function describeFact(
  t: TFunction,
  body: FactBody,
  goodsOf: (lineId: string) => string,
  personOf: (personId: string) => string,
): string {
  if (isPlain(body)) return t(PLAIN[body.kind]);
  switch (body.kind) {
    case 'units-counted':
      return t('fact.unitsCounted', { goods: goodsOf(body.lineId), count: body.quantity });
    case 'units-released':
      return t('fact.unitsReleased', {
        goods: goodsOf(body.lineId),
        count: body.quantity,
        person: personOf(body.releasedBy),
        reason: body.reason,
      });
    case 'number-bound':
      return t('fact.numberBound', { number: body.waybillNo, carrier: body.carrier });
    case 'print-moved':
      return t('fact.printMoved', { state: t(`jobState.${body.state}`) });
    case 'hold-placed':
      return t('fact.holdPlaced', { reason: body.reason });
    case 'hold-released':
      return t('fact.holdReleased', { person: personOf(body.releasedBy), reason: body.reason });
    case 'shipments-merged':
      return t('fact.merged', { count: body.sources.length });
    case 'shipment-split':
      return t('fact.split', { count: body.parts.length });
    case 'delivery-moved':
      return t('fact.deliveryMoved', { state: t(`deliveryState.${body.state}`) });
    case 'numbers-imported':
      return t('fact.numbersImported', { count: body.numbers.length });
    case 'number-voided':
      return t('fact.numberVoided', { number: body.waybillNo });
    case 'audited':
      return t('fact.audited', { action: body.action });
    default:
      return assertNever(body, 'fact');
  }
}
