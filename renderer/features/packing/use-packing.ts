import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { PrinterId, StoreId } from '@shared/domain/ids';
import { hasRight, type Person } from '@shared/domain/person';
import { useTexts } from '../../i18n/use-texts';
import { randomIds, SCREEN } from '../../services/ids';
import { useBenchDesk } from '../../state/bench-desk';
import { useBench, useBenchView, useCounters, useIndexStatus, useIndexVersion } from '../../state/bench-context';
import { findStop } from '../../state/stop-gate';
import { useStores } from '../../state/stores-context';
import { useNow } from '../../state/use-now';
import { usePrinters } from '../../state/use-printers';
import { packingView, type Note } from './bench-to-view';
import type { PackingActs } from './packing-acts';
import type { PackingWindowActs } from './packing-key';
import type { PackingView, PrinterWish, StoreFacts } from './packing-view';
import { wishOf } from './printer-wish';

/** A key or a button is a gesture of its own. */
const keyGesture = () => ({ gestureId: randomIds.gestureId(), deviceId: SCREEN, method: 'key' as const });

export interface Packing {
  readonly view: PackingView;
  readonly acts: PackingActs & PackingWindowActs;
}

const EVERY_MS = 5_000;

/** What a person did last, as the ear heard it; gone with the next scan. */
function useNote(): Note | null {
  const bench = useBench();
  const [note, setNote] = useState<Note | null>(null);
  useEffect(
    () =>
      bench.session.onSound((sound) => {
        setNote(sound === 'undone' || sound === 'parked' ? sound : null);
      }),
    [bench],
  );
  return note;
}

/** The packing screen's view of the bench, and what its keys and buttons do. */
export function usePacking(person: Person): Packing {
  const mayRelease = hasRight(person.role, 'release');
  const { t } = useTexts();
  const bench = useBench();
  const desk = useBenchDesk();
  const stores = useStores();
  const printers = usePrinters();
  const seen = useBenchView(bench);
  const status = useIndexStatus(bench);
  const counters = useCounters(bench);
  const indexVersion = useIndexVersion(bench);
  const gateVersion = useSyncExternalStore(
    useCallback((listener: () => void) => desk.gate.subscribe(listener), [desk]),
    () => desk.gate.version(),
  );
  const now = useNow(EVERY_MS);
  const [dismissed, setDismissed] = useState<object | null>(null);
  const note = useNote();

  const view = useMemo(() => {
    const row = bench.index.row.bind(bench.index);
    const storeOf = (id: StoreId): StoreFacts => {
      const policy = stores.policyOf(id);
      return { name: policy?.name ?? id, staleAfterMinutes: policy?.staleAfterMinutes ?? 60 };
    };
    const printerName = (id: PrinterId): string =>
      printers.list?.find(({ settings }) => settings.printerId === id)?.settings.name ?? id;
    const printerWish = (id: PrinterId): PrinterWish | null =>
      wishOf(t, printers.list?.find(({ settings }) => settings.printerId === id) ?? null);
    // The index and the gate change in place; their versions say when to look again.
    void indexVersion;
    void gateVersion;
    return packingView({
      t,
      now,
      bench: seen,
      row,
      stop: desk.gate.standing(findStop(seen, row)),
      note,
      dismissed,
      ready: status.kind === 'ready' ? counters.byState.ready : null,
      exceptions: counters.byState.exception + counters.byState.held + counters.byState.short,
      storeOf,
      printerName,
      printerWish,
      inputMethodIsOn: desk.inputMethodIsOn,
      mayRelease,
    });
  }, [
    t,
    now,
    bench,
    seen,
    desk,
    note,
    dismissed,
    status,
    counters,
    stores,
    printers,
    indexVersion,
    gateVersion,
    mayRelease,
  ]);

  const acts = useMemo((): Packing['acts'] => {
    const { session } = bench;
    return {
      undo: () => session.undoLast(keyGesture()),
      park: () => session.park(keyGesture()),
      reopenLast: () => void session.reopenLast(keyGesture()),
      printLabel: () => void session.print(keyGesture()),
      answerPrint: (printed) => void session.resolvePrint(printed, keyGesture()),
      release: (units, reason, badge) =>
        void session.release(units, reason, badge === null ? null : { badge }, keyGesture()),
      leave: () => session.leave(),
      dismiss: () => {
        const { trouble, verdict } = session.view();
        setDismissed(trouble ?? verdict);
      },
      acknowledgeStop: () => {
        const stop = findStop(session.view(), (id) => bench.index.row(id));
        if (stop === null) return;
        desk.gate.acknowledge(stop);
        if (!stop.isInHand) return;
        const counted = bench.index.work(stop.shipmentId)?.parcels.at(-1)?.counts.length ?? 0;
        if (counted > 0) session.park(keyGesture());
        else session.leave();
      },
    };
  }, [bench, desk]);
  return { view, acts };
}
