import { useMemo, useState } from 'react';
import type { DeliveryState } from '@shared/domain/delivery';
import type { DeliveryId } from '@shared/domain/ids';
import { hasRight, type Person } from '@shared/domain/person';
import type { DeliveryRow } from '../../index-memory/index-types';
import { randomIds, SCREEN } from '../../services/ids';
import { useBench, useIndexStatus, useIndexVersion } from '../../state/bench-context';
import { useStation } from '../../state/station-context';
import { useStores } from '../../state/stores-context';
import { useAct } from '../../state/use-act';
import { useNow } from '../../state/use-now';
import { byUrgency, nextAttemptOf, type DeliveriesView, type DeliveryLine } from './deliveries-view';
import { countStates, firstState } from './delivery-counts';
import type { DeliveriesActs } from './deliveries-acts';

const EVERY_MS = 5_000;
/** The deliveries screen's view of the memory index, and what a person can do about them. */
export function useDeliveries(person: Person | null): { readonly view: DeliveriesView; readonly acts: DeliveriesActs } {
  const station = useStation();
  const bench = useBench();
  const status = useIndexStatus(bench);
  const version = useIndexVersion(bench);
  const stores = useStores();
  const acting = useAct();
  const now = useNow(EVERY_MS);
  const [state, setState] = useState<DeliveryState | null>(null);
  const [chosen, setChosen] = useState<DeliveryId | null>(null);

  const rows = useMemo(() => {
    // The index changes in place; its version says when to look again.
    void version;
    return bench.index.deliveries();
  }, [bench, version]);
  const counts = useMemo(() => countStates(rows), [rows]);
  const shownState = state ?? firstState(counts);
  const lines = useMemo(() => {
    const toLine = ({ shipmentId, delivery }: DeliveryRow): DeliveryLine => {
      const plan = bench.index.plan(shipmentId);
      const order = plan?.orders.find(({ orderKey }) => orderKey === delivery.orderKey);
      return {
        deliveryId: delivery.deliveryId,
        displayNo: order?.displayNo ?? delivery.orderNo,
        storeName: stores.policyOf(delivery.storeId)?.name ?? delivery.storeId,
        waybillNo: delivery.waybillNo,
        carrier: delivery.carrier,
        state: delivery.state,
        attempts: delivery.attempts,
        nextAttemptAt: nextAttemptOf(delivery),
        lastCode: delivery.lastCode,
        createdAt: delivery.createdAt,
        deadline: plan?.deadline ?? null,
      };
    };
    return rows
      .filter(({ delivery }) => delivery.state === shownState)
      .map(toLine)
      .sort(byUrgency);
  }, [rows, shownState, bench, stores]);

  const act = (id: DeliveryId, action: 'try-again' | 'settled-outside', reason: string): void => {
    const ask = {
      gestureId: randomIds.gestureId(),
      deviceId: SCREEN,
      method: 'screen' as const,
      deliveryId: id,
      action,
      reason,
    };
    void acting
      .run(() => station.deliveries.act(ask))
      .then((record) => {
        if (record === null) return;
        bench.host.accept(record.value);
        setChosen(null);
      });
  };
  return {
    view: {
      now,
      counts,
      state: shownState,
      lines: status.kind === 'loading' ? null : lines,
      chosen,
      mayAct: person !== null && hasRight(person.role, 'manage-deliveries'),
      problem: acting.problem,
    },
    acts: {
      show: (next) => {
        setState(next);
        setChosen(null);
      },
      choose: setChosen,
      tryAgain: (id) => act(id, 'try-again', ''),
      settleOutside: (id, reason) => act(id, 'settled-outside', reason),
    },
  };
}
