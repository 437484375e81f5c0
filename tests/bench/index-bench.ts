/** How long the memory index takes: to load, to find, to judge, to list and to search, at a size. One process, no database. */
import { lineId } from '@shared/domain/ids';
import { judgeScan } from '@shared/domain/scan-verdict';
import { addMs } from '@shared/units/instant';
import { encodePlans } from '../../renderer/data/columns/encode-plans';
import { PlanChunk } from '../../renderer/data/columns/plan-chunk';
import type { PlanColumns } from '../../renderer/data/columns/plan-columns';
import { EVERYTHING } from '../../renderer/index-memory/index-types';
import { MemoryIndex } from '../../renderer/index-memory/memory-index';
import { aLine, anOrder, NOON } from '../builders/orders';
import { planOf } from '../builders/plans';

export interface IndexBenchFigures {
  readonly shipments: number;
  /** Chunks cloned as from the disk, then loaded. */
  readonly cloneMs: number;
  readonly loadMs: number;
  /** Heap and array buffers that the loaded index holds, bytes a shipment. */
  readonly bytesEach: number;
  readonly findP50Ms: number;
  readonly findP99Ms: number;
  readonly judgeP99Ms: number;
  /** A piece that every tenth shipment needs. */
  readonly judgePopularP50Ms: number;
  readonly judgePopularP99Ms: number;
  readonly listMs: number;
  readonly firstSearchMs: number;
  readonly searchMs: number;
  readonly narrowMs: number;
  readonly planChangeMs: number;
}

const CHUNK = 1_000;

const pad = (value: number): string => String(value).padStart(7, '0');

function aChunk(start: number): PlanColumns {
  const rows = Array.from({ length: CHUNK }, (_gap, offset) => {
    const number = start + offset;
    const goods = (number * 7_919) % 20_000;
    const order = anOrder(`order_01J${pad(number)}`, {
      displayNo: `#${number}`,
      shipBy: addMs(NOON, (number * 7_907) % 86_400_000),
      lines: [0, 1, 2].map((line) =>
        aLine({
          lineId: lineId.parse(`ordli_01J${pad(number)}${line}`),
          sku: line === 0 && number % 10 === 0 ? 'POPULAR' : `SKU-${goods + line}`,
          title: `商品名称样例 ${goods + line}`,
          barcodes: line === 0 && number % 10 === 0 ? ['POPULAR-BAR'] : [`69${pad(goods + line)}`],
        }),
      ),
    });
    const plan = { ...planOf(order), tokens: [pad(number).padStart(16, 'a'), pad(number).padStart(16, 'b')] };
    return { shipmentId: plan.shipmentId, changed: 1, plan, gone: false, source: null };
  });
  return encodePlans(rows, new Map());
}

function timed<T>(run: () => T): readonly [value: T, spanMs: number] {
  const begin = performance.now();
  const value = run();
  return [value, performance.now() - begin];
}

function spread(times: number, run: (at: number) => void): { readonly p50: number; readonly p99: number } {
  const spans = Array.from({ length: times }, (_gap, at) => timed(() => run(at))[1]).sort((a, b) => a - b);
  return { p50: spans[Math.floor(times * 0.5)] ?? 0, p99: spans[Math.floor(times * 0.99)] ?? 0 };
}

/** @param shipments a multiple of 1,000. @param collect runs a garbage collection, or nothing. */
export function runIndexBench(shipments: number, collect: () => void = () => undefined): IndexBenchFigures {
  const stored = Array.from({ length: shipments / CHUNK }, (_gap, at) => aChunk(at * CHUNK));
  collect();
  const before = process.memoryUsage();
  const [columns, cloneMs] = timed(() => stored.map((chunk) => structuredClone(chunk)));
  const index = new MemoryIndex({ now: () => NOON });
  const [, loadMs] = timed(() =>
    index.load({
      chunks: columns.map((chunk) => new PlanChunk(chunk)),
      plans: [],
      works: [],
      change: 1,
      appliedSeq: 0,
    }),
  );
  columns.length = 0;
  collect();
  const after = process.memoryUsage();
  const held = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  const anyNumber = (at: number): number => (at * 7_919) % shipments;
  const find = spread(2_000, (at) => index.find(`#${anyNumber(at)}`));
  const judge = spread(2_000, (at) => judgeScan(index, null, `ORDER_01J${pad(anyNumber(at))}`, NOON));
  const popular = spread(200, () => judgeScan(index, null, 'POPULAR-BAR', NOON));
  const [, listMs] = timed(() => index.list(EVERYTHING));
  const [, firstSearchMs] = timed(() => index.list({ ...EVERYTHING, text: '样例' }));
  const [, searchMs] = timed(() => index.list({ ...EVERYTHING, text: '99' }));
  const [, narrowMs] = timed(() => index.list({ ...EVERYTHING, text: '9912' }));
  const change = spread(200, (at) => {
    const plan = index.plan(planOf(anOrder(`order_01J${pad(anyNumber(at))}`)).shipmentId);
    if (plan === undefined) return;
    const changed = { ...plan, sellerMemo: `m${at}`, deadline: addMs(plan.deadline, at) };
    index.applyPlans([{ shipmentId: plan.shipmentId, changed: 2, plan: changed, gone: false, source: null }]);
  });
  return {
    shipments,
    cloneMs,
    loadMs,
    bytesEach: held / shipments,
    findP50Ms: find.p50,
    findP99Ms: find.p99,
    judgeP99Ms: judge.p99,
    judgePopularP50Ms: popular.p50,
    judgePopularP99Ms: popular.p99,
    listMs,
    firstSearchMs,
    searchMs,
    narrowMs,
    planChangeMs: change.p50,
  };
}
