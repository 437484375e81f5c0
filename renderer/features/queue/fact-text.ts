import type { TFunction } from 'i18next';
import { assertNever } from '@shared/language/assert-never';
import type { FactBody } from '@shared/domain/fact';

/** One fact in plain words. @param goodsOf the name of an order line's goods. @param personOf the name behind an id. */
export function describeFact(
  t: TFunction,
  body: FactBody,
  goodsOf: (lineId: string) => string,
  personOf: (personId: string) => string,
): string {
  switch (body.kind) {
    case 'units-counted':
      return t('fact.unitsCounted', { goods: goodsOf(body.lineId), count: body.quantity });
    case 'count-undone':
      return t('fact.countUndone');
    case 'units-released':
      return t('fact.unitsReleased', {
        goods: goodsOf(body.lineId),
        count: body.quantity,
        person: personOf(body.releasedBy),
        reason: body.reason,
      });
    case 'parcel-verified':
      return t('fact.parcelVerified');
    case 'number-bound':
      return t('fact.numberBound', { number: body.waybillNo, carrier: body.carrier });
    case 'print-queued':
      return t('fact.printQueued');
    case 'print-moved':
      return t('fact.printMoved', { state: t(`jobState.${body.state}`) });
    case 'parcel-closed':
      return t('fact.parcelClosed');
    case 'deliveries-created':
      return t('fact.deliveriesCreated');
    case 'parcel-reopened':
      return t('fact.parcelReopened');
    case 'parcel-parked':
      return t('fact.parcelParked');
    case 'hold-placed':
      return t('fact.holdPlaced', { reason: body.reason });
    case 'hold-released':
      return t('fact.holdReleased', { person: personOf(body.releasedBy), reason: body.reason });
    case 'shipments-merged':
      return t('fact.merged', { count: body.sources.length });
    case 'shipment-split':
      return t('fact.split', { count: body.parts.length });
    case 'grouping-undone':
      return t('fact.groupingUndone');
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
