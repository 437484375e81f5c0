/** The first-run assistant, as data: a few steps, each of which can be left out but the administrator. */
import type { ProvisionProblem } from '@shared/contract/app';
import type { ErrorSentences } from '../../../i18n/error-messages';
import type { NumbersImported } from '../NumbersForm';
import type { StoreTest } from '../StoreForm';

export const STEPS = ['welcome', 'administrator', 'store', 'printer', 'numbers', 'finish'] as const;
export type Step = (typeof STEPS)[number] | 'document';

export interface FirstRunView {
  readonly step: Step;
  readonly busy: boolean;
  readonly problem: ErrorSentences | null;
  /** What a provision document got wrong, with its place in the document. */
  readonly documentProblems: readonly ProvisionProblem[];
  readonly tested: StoreTest | null;
  readonly imported: NumbersImported | null;
  /** The pool that the new store takes its numbers from. */
  readonly pool: { readonly poolId: string; readonly carrier: string };
  /** The test page of the printer just set up: not asked for, sent, or refused (see `problem`). */
  readonly testPage: 'none' | 'sent';
  readonly done: { readonly store: boolean; readonly printer: boolean; readonly numbers: boolean };
}

/** Was this step's work done, or was it left for later? The administrator's cannot be left. */
export const isStepDone = (step: Step, done: FirstRunView['done']): boolean =>
  step === 'store' || step === 'printer' || step === 'numbers' ? done[step] : true;

/** The step after this one. */
export function stepAfter(step: Step): Step {
  const at = STEPS.findIndex((each) => each === step);
  return STEPS[at + 1] ?? 'finish';
}
