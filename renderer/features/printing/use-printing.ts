import { useCallback, useEffect, useState } from 'react';
import { z } from 'zod';
import { instant } from '@shared/units/instant';
import { hasRight, type Person } from '@shared/domain/person';
import { useStation } from '../../state/station-context';
import { useAct } from '../../state/use-act';
import { useAsked, valueOf } from '../../state/use-asked';
import { useNow } from '../../state/use-now';
import { usePrinters } from '../../state/use-printers';
import type { LabelPicture, PrintingView } from './printing-view';
import type { PrintingActs } from './PrintingPanel';

const JOBS_SHOWN = 200;
const SETTLE_MS = 150;
const LABELS_EVERY_MS = 2_000;

const labelList = z.object({
  labels: z.array(z.object({ id: z.number().int(), printedAtMs: instant })),
});

/** What the virtual printer of the practice warehouse printed; asked again and again, because it is a printer and no part of the station. */
function useLabels(isDemo: boolean): readonly LabelPicture[] | null {
  const [labels, setLabels] = useState<readonly LabelPicture[] | null>(null);
  useEffect(() => {
    if (!isDemo) return undefined;
    const ending = new AbortController();
    const ask = async (): Promise<void> => {
      try {
        const answer = await fetch('/virtual-printer/labels', { signal: ending.signal });
        const parsed = labelList.safeParse(await answer.json());
        if (!parsed.success) return;
        setLabels(
          parsed.data.labels.map(({ id, printedAtMs }) => ({
            id: String(id),
            path: `/virtual-printer/labels/${id}.png`,
            printedAt: printedAtMs,
          })),
        );
      } catch {
        // The printer is away or this screen is gone: what was shown stays.
        setLabels((known) => known);
      }
    };
    void ask();
    const timer = window.setInterval(() => void ask(), LABELS_EVERY_MS);
    return () => {
      ending.abort();
      window.clearInterval(timer);
    };
  }, [isDemo]);
  return isDemo ? (labels ?? []) : null;
}

/** The printing screen's data, followed live. */
export function usePrinting(
  person: Person | null,
  isDemo: boolean,
): { readonly view: PrintingView; readonly acts: PrintingActs } {
  const station = useStation();
  const printers = usePrinters();
  const acting = useAct();
  const now = useNow(5_000);
  const [search, setSearch] = useState('');
  const [asked, setAsked] = useState('');
  const [busyWith, setBusyWith] = useState<string | null>(null);
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(search.trim().toUpperCase()), SETTLE_MS);
    return () => window.clearTimeout(timer);
  }, [search]);
  const askJobs = useCallback(() => station.printing.jobs({ search: asked, limit: JOBS_SHOWN }), [station, asked]);
  const followJobs = useCallback(
    (again: () => void) => {
      const cancels = [station.printing.on.printerChanged(again), station.journal.on.recorded(again)];
      return () => {
        for (const cancel of cancels) cancel();
      };
    },
    [station],
  );
  const [jobs] = useAsked(askJobs, followJobs);
  const labels = useLabels(isDemo);
  return {
    view: {
      now,
      printers: printers.list,
      busyWith,
      search,
      jobs: valueOf(jobs),
      labels,
      mayTest: person !== null && (hasRight(person.role, 'set-up') || hasRight(person.role, 'pack')),
      problem: acting.problem,
    },
    acts: {
      search: setSearch,
      check: (id) => {
        setBusyWith(id);
        void acting
          .run(() => station.printing.checkPrinter({ printerId: id }))
          .then((printer) => {
            setBusyWith(null);
            if (printer !== null) printers.put(printer.value);
          });
      },
      test: (id) => {
        setBusyWith(id);
        void acting.run(() => station.printing.printTest({ printerId: id })).then(() => setBusyWith(null));
      },
    },
  };
}
