/** Waybill numbers by pool. A number is imported once and used or voided once, ever (I7). Every change can be taken back. */
import type { PoolId, WaybillNo } from '@shared/domain/ids';
import type { NumberPool } from '@shared/contract/numbers';
import type { Undo } from './undo';

export type NumberRefusal = 'number-known' | 'number-not-free' | 'number-unknown';

interface KnownNumber {
  readonly poolId: PoolId;
  readonly carrier: string;
  readonly state: 'free' | 'used' | 'voided';
}

interface Pool {
  /** The carrier of the latest import; each number keeps its own. */
  carrier: string;
  /** In the order of their import; a number that was given back after a failed write goes to the end. */
  readonly free: Set<WaybillNo>;
  used: number;
  voided: number;
}

export interface NumberPools {
  import(poolId: PoolId, carrier: string, numbers: readonly WaybillNo[], undo: Undo): NumberRefusal | null;
  /** Takes a free number of a pool for good. */
  use(poolId: PoolId, number: WaybillNo, undo: Undo): NumberRefusal | null;
  voidOne(number: WaybillNo, undo: Undo): NumberRefusal | null;
  /** The next free number of a pool with its carrier, or null. Looking takes nothing. */
  nextFree(poolId: PoolId): { readonly waybillNo: WaybillNo; readonly carrier: string } | null;
  isKnown(number: WaybillNo): boolean;
  list(): readonly NumberPool[];
}

export function createNumberPools(): NumberPools {
  const pools = new Map<PoolId, Pool>();
  const numbers = new Map<WaybillNo, KnownNumber>();

  const poolOf = (poolId: PoolId, carrier: string): Pool => {
    const known = pools.get(poolId);
    if (known !== undefined) return known;
    const made: Pool = { carrier, free: new Set(), used: 0, voided: 0 };
    pools.set(poolId, made);
    return made;
  };

  /** Moves a free number to a state that it never leaves. */
  const spend = (number: WaybillNo, known: KnownNumber, state: 'used' | 'voided', undo: Undo): void => {
    const pool = poolOf(known.poolId, known.carrier);
    pool.free.delete(number);
    pool[state] += 1;
    numbers.set(number, { ...known, state });
    undo.add(() => {
      pool.free.add(number);
      pool[state] -= 1;
      numbers.set(number, known);
    });
  };

  return {
    import: (poolId, carrier, incoming, undo) => {
      const pool = poolOf(poolId, carrier);
      const carrierBefore = pool.carrier;
      pool.carrier = carrier;
      undo.add(() => (pool.carrier = carrierBefore));
      for (const number of incoming) {
        if (numbers.has(number)) return 'number-known';
        numbers.set(number, { poolId, carrier, state: 'free' });
        pool.free.add(number);
        undo.add(() => {
          numbers.delete(number);
          pool.free.delete(number);
        });
      }
      return null;
    },
    use: (poolId, number, undo) => {
      const known = numbers.get(number);
      if (known === undefined || known.poolId !== poolId) return 'number-unknown';
      if (known.state !== 'free') return 'number-not-free';
      spend(number, known, 'used', undo);
      return null;
    },
    voidOne: (number, undo) => {
      const known = numbers.get(number);
      if (known === undefined) return 'number-unknown';
      if (known.state !== 'free') return 'number-not-free';
      spend(number, known, 'voided', undo);
      return null;
    },
    nextFree: (poolId) => {
      const next = pools.get(poolId)?.free.values().next();
      if (next === undefined || next.done === true) return null;
      return { waybillNo: next.value, carrier: numbers.get(next.value)?.carrier ?? '' };
    },
    isKnown: (number) => numbers.has(number),
    list: () =>
      [...pools].map(([poolId, pool]) => ({
        poolId,
        carrier: pool.carrier,
        free: pool.free.size,
        used: pool.used,
        voided: pool.voided,
      })),
  };
}
