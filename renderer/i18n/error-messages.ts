/**
 * The catalogue: each code that can reach a person, in three sentences or a word with its next step. The keys are template
 * literals over the closed unions, so a code without its texts in zh-CN.json does not compile, and the translations check
 * compares en.json with it.
 */
import type { TFunction } from 'i18next';
import type { StationError } from '@shared/contract/envelope';
import type { ErrorCode } from '@shared/contract/error-codes';
import type { Attention } from '@shared/contract/printing';
import { parkCode, type ParkCode } from '@shared/domain/delivery';
import { gatewayFailureCode, type GatewayFailureCode } from '@shared/domain/gateway-failure';
import type { WorkRefusal } from '@shared/domain/shipment-work';

/** What happened, what it means for the parcel in hand, what to do next. */
export interface ErrorSentences {
  readonly happened: string;
  readonly means: string;
  readonly next: string;
}

const WORK_REFUSALS = {
  'parcel-out-of-turn': true,
  'shipment-held': true,
  'units-told-already': true,
  'job-move-refused': true,
  'parcel-not-open': true,
  'parcel-not-verified': true,
  'parcel-not-closed': true,
  'nothing-to-undo': true,
  'units-differ-from-counts': true,
  'number-already-bound': true,
  'number-missing': true,
  'job-under-way': true,
  'job-unknown': true,
  'label-not-out': true,
  'shipment-grouped': true,
  'not-held': true,
  'delivery-unknown': true,
  'delivery-final': true,
} as const satisfies Readonly<Record<WorkRefusal, true>>;

const isWorkRefusal = (text: string): text is WorkRefusal => Object.hasOwn(WORK_REFUSALS, text);

/** Three sentences for a code. */
export function describeErrorCode(t: TFunction, code: ErrorCode): ErrorSentences {
  return { happened: t(`error.${code}.happened`), means: t(`error.${code}.means`), next: t(`error.${code}.next`) };
}

/** Three sentences for an error from the bridge; a refusal of the rules says which rule, where main names it. */
export function describeError(t: TFunction, error: StationError): ErrorSentences {
  const sentences = describeErrorCode(t, error.code);
  if (error.code !== 'rule-refused') return sentences;
  const rule = Object.values(error.params).find(
    (value): value is WorkRefusal => typeof value === 'string' && isWorkRefusal(value),
  );
  return rule === undefined ? sentences : { ...sentences, happened: t(`workRefusal.${rule}`) };
}

/** Why the rules of the fold refuse a step. */
export const describeWorkRefusal = (t: TFunction, refusal: WorkRefusal): string => t(`workRefusal.${refusal}`);

/** What a printer wants and how to give it. */
export const describeAttention = (t: TFunction, attention: Attention): { what: string; next: string } => ({
  what: t(`attention.${attention}`),
  next: t(`attentionNext.${attention}`),
});

/** How a store failed and what to do, if anything. */
export const describeGatewayFailure = (t: TFunction, code: GatewayFailureCode): { what: string; next: string } => ({
  what: t(`gateway.${code}`),
  next: t(`gatewayNext.${code}`),
});

/** Why a delivery was set aside and what a person does about it. */
export const describePark = (t: TFunction, code: ParkCode): { what: string; next: string } => ({
  what: t(`park.${code}`),
  next: t(`parkNext.${code}`),
});

/** The code of a delivery's last attempt: a park code, a failure of the gateway, or a code of its own, shown as it is. */
export function describeDeliveryCode(t: TFunction, code: string): { what: string; next: string | null } {
  const parked = parkCode.safeParse(code);
  if (parked.success) return describePark(t, parked.data);
  const failed = gatewayFailureCode.safeParse(code);
  if (failed.success) return describeGatewayFailure(t, failed.data);
  return { what: code, next: null };
}
