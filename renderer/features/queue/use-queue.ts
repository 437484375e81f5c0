import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Fact } from '@shared/domain/fact';
import { factId as factIdSchema, type ShipmentId } from '@shared/domain/ids';
import { hasRight, type Person } from '@shared/domain/person';
import type { ListQuery, ShipmentRow } from '../../index-memory/index-types';
import { useBench, useCounters, useIndexList, useIndexStatus, useIndexVersion } from '../../state/bench-context';
import { useStores } from '../../state/stores-context';
import { useNow } from '../../state/use-now';
import { detailOf, type Opened } from './queue-detail';
import {
  countOfGroup,
  GROUP_ORDER,
  queueRow,
  STATE_GROUPS,
  type QueueFilters,
  type QueueRow,
  type QueueStore,
  type QueueView,
  type StateGroup,
} from './queue-view';
import type { QueueActs } from './QueuePanel';

const NO_FILTER: QueueFilters = { group: null, storeId: null, text: '' };
const ROW_EVERY_MS = 15_000;

export interface QueuePorts {
  readonly person: Person | null;
  /** Opens a shipment on the packing screen. */
  readonly pack: (id: ShipmentId) => void;
  readonly initialText: string;
}

/** The keyed tokens for what is typed; they come a moment later than the text. */
function useTokens(text: string): readonly string[] {
  const bench = useBench();
  const [found, setFound] = useState<{ readonly text: string; readonly tokens: readonly string[] }>({
    text: '',
    tokens: [],
  });
  useEffect(() => {
    let isLatest = true;
    void bench.tokensFor(text).then((tokens) => {
      if (isLatest) setFound({ text, tokens });
    });
    return () => {
      isLatest = false;
    };
  }, [bench, text]);
  return found.text === text ? found.tokens : NO_TOKENS;
}
const NO_TOKENS: readonly string[] = [];

/** The facts of one shipment, read from the database and again whenever its work moves on. */
function useWalk(id: ShipmentId | null, revision: unknown): readonly Fact[] | null {
  const bench = useBench();
  const [walk, setWalk] = useState<{ readonly id: ShipmentId; readonly facts: readonly Fact[] } | null>(null);
  useEffect(() => {
    if (id === null) return undefined;
    let isLatest = true;
    void bench.facts.factsOf(id).then((facts) => {
      if (isLatest) setWalk({ id, facts });
    });
    return () => {
      isLatest = false;
    };
  }, [bench, id, revision]);
  return walk !== null && walk.id === id ? walk.facts : null;
}

function useOpened(
  id: ShipmentId | null,
  row: ShipmentRow | undefined,
  person: Person | null,
): {
  readonly opened: Opened | null;
  readonly openContact: () => void;
  readonly openMoney: () => void;
} {
  const bench = useBench();
  const [opened, setOpened] = useState<Opened | null>(null);
  const mayContact = person !== null && hasRight(person.role, 'see-contact');
  const mayMoney = person !== null && hasRight(person.role, 'see-money');
  const closed: Opened | null =
    id === null
      ? null
      : {
          id,
          contact: { kind: mayContact ? 'closed' : 'not-for-this-role' },
          money: { kind: mayMoney ? 'closed' : 'not-for-this-role' },
        };
  const current = opened !== null && opened.id === id ? { ...closed, ...opened } : closed;
  const [order] = row?.plan.orders ?? [];
  const change = useCallback(
    (part: Partial<Opened>) => {
      if (id === null) return;
      setOpened((known) => ({
        id,
        contact: { kind: 'closed' },
        money: { kind: 'closed' },
        ...(known !== null && known.id === id ? known : {}),
        ...part,
      }));
    },
    [id],
  );
  return {
    opened:
      current === null || id === null
        ? null
        : {
            ...current,
            id,
            contact: mayContact ? current.contact : { kind: 'not-for-this-role' },
            money: mayMoney ? current.money : { kind: 'not-for-this-role' },
          },
    openContact: () => {
      if (order === undefined || !mayContact) return;
      change({ contact: { kind: 'opening' } });
      void bench.contacts.openContact(order.orderKey).then((result) => {
        change({
          contact: result.ok
            ? { kind: 'open', value: result.value }
            : { kind: result.error === 'no-key' ? 'not-for-this-role' : 'unreadable' },
        });
      });
    },
    openMoney: () => {
      if (order === undefined || !mayMoney) return;
      change({ money: { kind: 'opening' } });
      void bench.contacts.openMoney(order.orderKey).then((result) => {
        change({
          money: result.ok
            ? { kind: 'open', value: result.value }
            : { kind: result.error === 'no-key' ? 'not-for-this-role' : 'unreadable' },
        });
      });
    },
  };
}

/** The queue's view of the memory index, and what can be done from it. */
export function useQueue({ person, pack, initialText }: QueuePorts): {
  readonly view: QueueView;
  readonly acts: QueueActs;
} {
  const bench = useBench();
  const status = useIndexStatus(bench);
  const counters = useCounters(bench);
  const version = useIndexVersion(bench);
  const stores = useStores();
  const now = useNow(ROW_EVERY_MS);
  const [filters, setFilters] = useState<QueueFilters>({ ...NO_FILTER, text: initialText });
  const [chosenId, setChosenId] = useState<ShipmentId | null>(null);
  const tokens = useTokens(filters.text);
  const query = useMemo(
    (): ListQuery => ({
      states: filters.group === null ? null : STATE_GROUPS[filters.group],
      storeId: filters.storeId,
      tier: null,
      text: filters.text,
      tokens,
    }),
    [filters, tokens],
  );
  const list = useIndexList(bench, query);
  const row = chosenId === null ? undefined : bench.index.row(chosenId);
  const walk = useWalk(chosenId, row?.work);
  const sealed = useOpened(chosenId, row, person);
  const storeName = useCallback((id: ShipmentRow['plan']['storeId']) => stores.policyOf(id)?.name ?? id, [stores]);
  const toRow = useCallback(
    (shown: ShipmentRow): QueueRow =>
      queueRow(shown.plan, shown.work, shown.standing.state, storeName(shown.plan.storeId)),
    [storeName],
  );

  const acts = useMemo((): QueueActs => {
    const openAt = (position: number): void => {
      const id = list.idAt(position);
      if (id !== undefined) pack(id);
    };
    return {
      filter: setFilters,
      choose: (position) => setChosenId(list.idAt(position) ?? null),
      open: openAt,
      close: () => setChosenId(null),
      pack: () => {
        if (chosenId !== null) pack(chosenId);
      },
      openContact: sealed.openContact,
      openMoney: sealed.openMoney,
      placeHold: (reason) => {
        if (chosenId !== null) void bench.session.placeHold(chosenId, reason);
      },
      releaseHold: (factId, reason) => {
        if (chosenId !== null) void bench.session.releaseHold(chosenId, factIdSchema.parse(factId), reason, null);
      },
    };
  }, [list, pack, chosenId, sealed, bench]);

  if (status.kind === 'failed') return { view: { kind: 'failed' }, acts };
  if (status.kind === 'loading') return { view: { kind: 'loading', loaded: null }, acts };
  void version;
  return {
    acts,
    view: {
      kind: 'ready',
      now,
      total: counters.total,
      groups: groupCounts(counters.byState),
      stores: (stores.list ?? []).map(({ policy }): QueueStore => ({
        storeId: policy.storeId,
        name: policy.name,
        count: sum(Object.values(counters.byStore.get(policy.storeId) ?? {})),
      })),
      filters,
      length: list.length,
      rowAt: (position) => {
        const shown = list.rowAt(position);
        return shown === undefined ? undefined : toRow(shown);
      },
      chosen: chosenId === null ? -1 : list.positionOf(chosenId),
      detail:
        row === undefined || sealed.opened === null ? null : detailOf(row, toRow(row), sealed.opened, walk, person),
    },
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

const groupCounts = (byState: Parameters<typeof countOfGroup>[0]): Record<StateGroup, number> => {
  const counts: Record<StateGroup, number> = {
    ready: 0,
    underWay: 0,
    waiting: 0,
    held: 0,
    exception: 0,
    done: 0,
    cancelled: 0,
  };
  for (const group of GROUP_ORDER) counts[group] = countOfGroup(byState, group);
  return counts;
};
