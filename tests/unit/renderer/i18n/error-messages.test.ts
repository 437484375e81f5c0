import { describe, expect, it } from 'vitest';
import { errorCode } from '@shared/contract/error-codes';
import { attention } from '@shared/contract/printing';
import { language } from '@shared/contract/app';
import { parkCode } from '@shared/domain/delivery';
import { gatewayFailureCode } from '@shared/domain/gateway-failure';
import { shipmentState, stopReason } from '@shared/domain/shipment';
import { toInstant } from '@shared/units/instant';
import { describeAsideReason } from '../../../../renderer/i18n/aside-reason';
import {
  describeAttention,
  describeDeliveryCode,
  describeError,
  describeErrorCode,
  describeGatewayFailure,
  describePark,
} from '../../../../renderer/i18n/error-messages';
import { createTexts } from '../../../../renderer/i18n/i18n';

const HAN = /\p{Script=Han}/u;
const NOW = toInstant(1_790_000_000_000);

describe.each(language.options)('the catalogue in %s', (tongue) => {
  const { t } = createTexts(tongue);
  /** A sentence of this language, and not its key. */
  const isSaid = (text: string): boolean =>
    text.trim().length > 1 && !/^[a-z-]+(\.[a-z-]+)+$/i.test(text) && HAN.test(text) === (tongue === 'zh-CN');

  it.each(errorCode.options)('says of %s what happened, what it means and what to do', (code) => {
    const { happened, means, next } = describeErrorCode(t, code);
    for (const sentence of [happened, means, next]) expect(isSaid(sentence), sentence).toBe(true);
    expect(new Set([happened, means, next]).size).toBe(3);
  });

  it('names each trouble of a printer, a store and a delivery with its next step', () => {
    const told = [
      ...attention.options.map((code) => describeAttention(t, code)),
      ...gatewayFailureCode.options.map((code) => describeGatewayFailure(t, code)),
      ...parkCode.options.map((code) => describePark(t, code)),
    ];
    for (const { what, next } of told) {
      expect(isSaid(what), what).toBe(true);
      expect(isSaid(next), next).toBe(true);
    }
  });

  it('has a word for each state and a sentence for each reason to stop', () => {
    for (const state of shipmentState.options) expect(isSaid(t(`shipmentState.${state}`)), state).toBe(true);
    for (const stop of stopReason.options) {
      expect(isSaid(describeAsideReason(t, tongue, NOW, { kind: 'stop', stop })), stop).toBe(true);
      expect(describeAsideReason(t, tongue, NOW, { kind: 'stopped-after-label', stop })).toContain(t(`stop.${stop}`));
    }
  });

  it('says which rule refused a step, where main names it', () => {
    const { happened } = describeError(t, { code: 'rule-refused', params: { rule: 'nothing-to-undo' } });
    expect(happened).toBe(t('workRefusal.nothing-to-undo'));
    expect(describeError(t, { code: 'rule-refused', params: { rule: 'of a newer program' } }).happened).toBe(
      t('error.rule-refused.happened'),
    );
  });

  it('shows a delivery code that it does not know as it is, without inventing a next step', () => {
    expect(describeDeliveryCode(t, 'http-418')).toEqual({ what: 'http-418', next: null });
    expect(describeDeliveryCode(t, 'order-cancelled').next).not.toBeNull();
  });
});
