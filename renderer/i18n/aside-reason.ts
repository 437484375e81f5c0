import type { TFunction } from 'i18next';
import type { Language } from '@shared/contract/app';
import { assertNever } from '@shared/language/assert-never';
import type { AsideReason } from '@shared/domain/shipment-state';
import type { Instant } from '@shared/units/instant';
import { describeDeliveryCode } from './error-messages';
import { formatMoment } from './format';

/** Why a shipment stands aside, as one sentence. */
export function describeAsideReason(t: TFunction, language: Language, now: Instant, reason: AsideReason): string {
  switch (reason.kind) {
    case 'stop':
      return t(`stop.${reason.stop}`);
    case 'station-hold':
      return t('aside.station-hold', { reason: reason.reason });
    case 'not-before':
      return t('aside.not-before', { when: formatMoment(language, now, reason.at) });
    case 'stopped-after-label':
      return t('aside.stopped-after-label', { stop: t(`stop.${reason.stop}`) });
    case 'delivery-parked':
      return t('aside.delivery-parked', { why: describeDeliveryCode(t, reason.code).what });
    case 'confirmed-units-taken-out':
      return t('aside.confirmed-units-taken-out');
    default:
      return assertNever(reason, 'aside reason');
  }
}
