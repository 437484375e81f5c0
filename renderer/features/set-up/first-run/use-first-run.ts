import { useState } from 'react';
import type { ProvisionProblem, VaultState } from '@shared/contract/app';
import { poolId as poolIdSchema, type PrinterId } from '@shared/domain/ids';
import { describeErrorCode } from '../../../i18n/error-messages';
import { useTexts } from '../../../i18n/use-texts';
import { useStation } from '../../../state/station-context';
import { useAct } from '../../../state/use-act';
import type { NumbersImported } from '../NumbersForm';
import { parsePrinter } from '../printer-draft';
import { connectionOf, parseStore, secretOf } from '../store-draft';
import type { StoreTest } from '../StoreForm';
import { stepAfter, type FirstRunView, type Step } from './first-run-view';
import type { FirstRunActs } from './FirstRunPanel';

export interface FirstRunPorts {
  readonly vault: VaultState;
  readonly initialStep: Step;
  /** A step was begun: the assistant stays until it is finished. */
  readonly onBegin: () => void;
  /** A vault is needed before a person or a secret can be kept. */
  readonly needVault: () => void;
  /** The assistant is done, or the station was set up in one go. */
  readonly finish: () => void;
}

/** The first-run assistant's steps. The first administrator is signed in by main, so that the later steps are allowed. */
export function useFirstRun({ vault, initialStep, onBegin, needVault, finish }: FirstRunPorts): {
  readonly view: FirstRunView;
  readonly acts: FirstRunActs;
} {
  const { t } = useTexts();
  const station = useStation();
  const acting = useAct();
  const [step, setStep] = useState<Step>(initialStep);
  const [documentProblems, setDocumentProblems] = useState<readonly ProvisionProblem[]>([]);
  const [tested, setTested] = useState<StoreTest | null>(null);
  const [imported, setImported] = useState<NumbersImported | null>(null);
  const [pool, setPool] = useState({ poolId: 'pool-1', carrier: '' });
  const [printer, setPrinter] = useState<PrinterId | null>(null);
  const [testPage, setTestPage] = useState<FirstRunView['testPage']>('none');
  const [done, setDone] = useState({ store: false, printer: false, numbers: false });

  const go = (next: Step): void => {
    acting.clear();
    setDocumentProblems([]);
    setStep(next);
    if (next === 'administrator' && vault === 'not-created') needVault();
    else if (next === 'administrator' || next === 'document') onBegin();
  };
  const provision = (
    ask: { readonly kind: 'practice' } | { readonly kind: 'document'; readonly text: string },
  ): void => {
    setDocumentProblems([]);
    void acting
      .run(() => station.app.applyProvision(ask))
      .then((answer) => {
        if (answer === null) return;
        setDocumentProblems(answer.value.problems);
        if (answer.value.problems.length === 0) finish();
      });
  };
  const acts: FirstRunActs = {
    go,
    practice: () => provision({ kind: 'practice' }),
    applyDocument: (text) => provision({ kind: 'document', text }),
    saveAdministrator: (person) => {
      void acting
        .run(async () => {
          const saved = await station.session.savePerson(person);
          if (!saved.ok || (person.badge === null && person.pin === null)) return saved;
          // What follows is for an administrator, so the first one is signed in with what was just set.
          const signedIn =
            person.badge !== null
              ? await station.session.signInByBadge({ badge: person.badge })
              : await station.session.signInByPin({ personId: saved.value.personId, pin: person.pin ?? '' });
          return signedIn.ok ? saved : signedIn;
        })
        .then((saved) => {
          if (saved !== null) go(stepAfter('administrator'));
        });
    },
    testStore: (draft) => {
      const { connection } = connectionOf(draft);
      const secret = secretOf(draft);
      if (connection === null || secret === undefined) return;
      setTested(null);
      void acting
        .run(() => station.stores.test({ connection, secret, storeId: null }))
        .then((found) => setTested(found?.value ?? null));
    },
    saveStore: (draft) => {
      const parsed = parseStore(draft, true);
      if (!parsed.ok) return;
      const { policy, connection, secret } = parsed;
      void acting
        .run(() => station.stores.save({ policy, connection, secret }))
        .then((saved) => {
          if (saved === null) return;
          setPool({ poolId: policy.poolId, carrier: policy.carrier });
          setDone((known) => ({ ...known, store: true }));
          go(stepAfter('store'));
        });
    },
    savePrinter: (draft) => {
      const parsed = parsePrinter(draft, crypto.randomUUID());
      if (!parsed.ok) return;
      void acting
        .run(() => station.printing.savePrinter(parsed.settings))
        .then((saved) => {
          if (saved === null) return;
          setDone((known) => ({ ...known, printer: true }));
          setPrinter(parsed.settings.printerId);
        });
    },
    printTest: () => {
      if (printer === null) return;
      setTestPage('none');
      void acting
        .run(() => station.printing.printTest({ printerId: printer }))
        .then((sent) => {
          if (sent !== null) setTestPage('sent');
        });
    },
    importNumbers: ({ poolId, carrier, text }) => {
      void acting
        .run(() => station.numbers.importNumbers({ poolId: poolIdSchema.parse(poolId), carrier, text }))
        .then((result) => {
          setImported(result?.value ?? null);
          if (result === null) return;
          setDone((known) => ({ ...known, numbers: known.numbers || result.value.added > 0 }));
        });
    },
    finish,
  };
  const problem = documentProblems.length > 0 ? describeErrorCode(t, 'provision-invalid') : acting.problem;
  return { acts, view: { step, busy: acting.busy, problem, documentProblems, tested, imported, pool, testPage, done } };
}
