import { useCallback, useState } from 'react';
import type { Look } from '@shared/contract/app';
import { poolId as poolIdSchema } from '@shared/domain/ids';
import { hasRight, type Person } from '@shared/domain/person';
import { useStation } from '../../state/station-context';
import { useStores } from '../../state/stores-context';
import { useAct } from '../../state/use-act';
import { useAsked, valueOf } from '../../state/use-asked';
import { useNow } from '../../state/use-now';
import { usePrinters } from '../../state/use-printers';
import type { NumbersImported } from './NumbersForm';
import { parsePrinter } from './printer-draft';
import type { SetUpActs } from './set-up-acts';
import type { OpenForm, Section, SetUpView } from './set-up-view';
import { connectionOf, parseStore, secretOf } from './store-draft';
import type { StoreTest } from './StoreForm';

export interface SetUpPorts {
  readonly person: Person | null;
  readonly look: Look;
  readonly saveLook: (look: Look) => void;
  readonly tryVoice: (text: string) => void;
}

const EVERY_MS = 5_000;

/** The set-up screen's data and acts. Every form says what main refused, in words, where it was asked. */
export function useSetUp({ person, look, saveLook, tryVoice }: SetUpPorts): {
  readonly view: SetUpView;
  readonly acts: SetUpActs;
} {
  const station = useStation();
  const stores = useStores();
  const printers = usePrinters();
  const acting = useAct();
  const now = useNow(EVERY_MS);
  const maySetUp = person !== null && hasRight(person.role, 'set-up');
  const [section, setSection] = useState<Section>(maySetUp ? 'stores' : 'look');
  const [form, setForm] = useState<OpenForm>({ kind: 'none' });
  const [tested, setTested] = useState<StoreTest | null>(null);
  const [imported, setImported] = useState<NumbersImported | null>(null);
  const [pools, poolsAgain] = useAsked(useCallback(() => station.numbers.pools(null), [station]));
  const [people, peopleAgain] = useAsked(useCallback(() => station.session.people(null), [station]));

  const openForm = (next: OpenForm): void => {
    acting.clear();
    setTested(null);
    setImported(null);
    setForm(next);
  };
  const closeAfter = (saved: object | null, again: () => void): void => {
    if (saved === null) return;
    again();
    openForm({ kind: 'none' });
  };

  const acts: SetUpActs = {
    go: (next) => {
      openForm({ kind: 'none' });
      setSection(next);
    },
    openForm,
    testStore: (draft) => {
      const { connection } = connectionOf(draft);
      const secret = secretOf(draft);
      if (connection === null || secret === undefined) return;
      setTested(null);
      const known = stores.list?.find(({ policy }) => policy.storeId === draft.storeId)?.policy.storeId ?? null;
      void acting
        .run(() => station.stores.test({ connection, secret, storeId: known }))
        .then((found) => setTested(found?.value ?? null));
    },
    saveStore: (draft) => {
      const parsed = parseStore(draft, form.kind === 'new');
      if (!parsed.ok) return;
      const { policy, connection, secret } = parsed;
      void acting
        .run(() => station.stores.save({ policy, connection, secret }))
        .then((saved) => closeAfter(saved, stores.again));
    },
    removeStore: (id) => {
      void acting.run(() => station.stores.remove({ storeId: id })).then((saved) => closeAfter(saved, stores.again));
    },
    pullNow: (id) => {
      void acting.run(() => station.stores.pullNow({ storeId: id }));
    },
    savePrinter: (draft) => {
      const parsed = parsePrinter(draft, crypto.randomUUID());
      if (!parsed.ok) return;
      void acting
        .run(() => station.printing.savePrinter(parsed.settings))
        .then((saved) => closeAfter(saved, printers.again));
    },
    removePrinter: (id) => {
      void acting
        .run(() => station.printing.removePrinter({ printerId: id }))
        .then((saved) => closeAfter(saved, printers.again));
    },
    importNumbers: ({ poolId, carrier, text }) => {
      void acting
        .run(() => station.numbers.importNumbers({ poolId: poolIdSchema.parse(poolId), carrier, text }))
        .then((result) => {
          setImported(result?.value ?? null);
          if (result !== null) poolsAgain();
        });
    },
    savePerson: (toSave) => {
      void acting.run(() => station.session.savePerson(toSave)).then((saved) => closeAfter(saved, peopleAgain));
    },
    saveLook,
    tryVoice,
  };
  return {
    acts,
    view: {
      now,
      section,
      form,
      busy: acting.busy,
      problem: acting.problem,
      stores: stores.list,
      printers: printers.list,
      pools: valueOf(pools),
      people: valueOf(people),
      look,
      tested,
      imported,
      maySetUp,
      mayImport: person !== null && hasRight(person.role, 'import-numbers'),
    },
  };
}
