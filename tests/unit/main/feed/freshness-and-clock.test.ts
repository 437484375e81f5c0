import { describe, expect, it } from 'vitest';
import type { GatewayFailure, GatewayFailureCode } from '@shared/domain/gateway-failure';
import { storeId } from '@shared/domain/ids';
import { toInstant } from '@shared/units/instant';
import { CorrectedClock } from '../../../../main/feed/corrected-clock';
import { FreshnessBoard } from '../../../../main/feed/freshness-board';
import { PageDesk, type PageFate } from '../../../../main/feed/page-desk';
import { skewOf } from '../../../../main/feed/store-puller';
import { createManualClock } from '../../../fakes/manual-clock';

const A = storeId.parse('a');
const failure = (code: GatewayFailureCode): GatewayFailure => ({ code, status: null, detail: '', notBefore: null });

function aBoard(pollMs = 15_000) {
  const clock = createManualClock();
  const told: string[] = [];
  const board = new FreshnessBoard({ clock, timers: clock, tell: (freshness) => told.push(freshness.state) });
  board.setStores([{ id: A, pollMs }]);
  board.start();
  return { board, clock, told, state: () => board.of(A).state };
}

describe('freshness of a store', () => {
  it('walks from no worker over never and pulling to fresh, and falls silent after two minutes', async () => {
    const { board, clock, state } = aBoard();
    expect(state()).toBe('no-worker');
    board.setWorker(true);
    expect(state()).toBe('never');
    board.walkBegins(A);
    expect(state()).toBe('pulling');
    board.applied(A, null, [], []);
    expect(state()).toBe('pulling');
    board.applied(A, clock.now(), [], []);
    expect(state()).toBe('fresh');
    board.walkBegins(A);
    expect(state()).toBe('fresh');
    await clock.advance(120_001);
    board.failed(A, failure('bad-gateway'));
    expect(state()).toBe('silent');
    board.setWorker(false);
    expect(state()).toBe('no-worker');
    board.stop();
  });

  it.each([
    ['offline', 'offline'],
    ['unauthorized', 'refused'],
    ['forbidden', 'refused'],
    ['bad-gateway', 'fresh'],
  ] as const)('after the failure %s is %s, with since when', async (code, expected) => {
    const { board, clock, state } = aBoard();
    board.setWorker(true);
    board.applied(A, clock.now(), [], []);
    board.failed(A, failure(code));
    const since = clock.now();
    await clock.advance(5_000);
    board.failed(A, failure(code));
    expect(state()).toBe(expected);
    expect(board.of(A)).toMatchObject({ failure: { code }, failingSince: since });
    board.applied(A, clock.now(), [], []);
    expect(board.of(A)).toMatchObject({ failure: null, failingSince: null, state: 'fresh' });
    board.stop();
  });

  it('is silent once every pull has failed for more than ten seconds, however young the last answer is', async () => {
    const { board, clock, state } = aBoard();
    board.setWorker(true);
    board.applied(A, clock.now(), [], []);
    board.failed(A, failure('cut'));
    await clock.advance(20_000);
    // One failure, and nothing since: not a silence yet.
    expect(state()).toBe('fresh');
    board.failed(A, failure('cut'));
    expect(state()).toBe('silent');
    board.applied(A, clock.now(), [], []);
    expect(state()).toBe('fresh');
    board.stop();
  });

  it('of a store that is polled rarely is not silent between two polls', async () => {
    const { board, clock, state } = aBoard(600_000);
    board.setWorker(true);
    board.applied(A, clock.now(), [], []);
    await clock.advance(900_000);
    expect(state()).toBe('fresh');
    await clock.advance(400_000);
    expect(state()).toBe('silent');
    board.stop();
  });

  it('is told at most once a second, the last word always, and silence by itself', async () => {
    const { board, clock, told } = aBoard();
    board.setWorker(true);
    for (let n = 0; n < 50; n += 1) board.applied(A, clock.now(), [], []);
    expect(told).toEqual(['never']);
    await clock.advance(1_000);
    expect(told).toEqual(['never', 'fresh']);
    await clock.advance(140_000);
    expect(told).toEqual(['never', 'fresh', 'silent']);
    board.stop();
  });

  it('lists unreadable orders until they can be read', () => {
    const { board, clock } = aBoard();
    board.setWorker(true);
    board.applied(A, clock.now(), ['1'], [{ orderNo: '2', why: 'no lines' }]);
    expect(board.of(A).unreadable).toEqual([{ orderNo: '2', why: 'no lines' }]);
    board.applied(A, clock.now(), ['2'], []);
    expect(board.of(A).unreadable).toEqual([]);
    board.stop();
  });
});

describe('the corrected clock', () => {
  it('follows the median of the shops, not one of them, and nothing below two seconds', () => {
    const machine = createManualClock();
    const clock = new CorrectedClock(machine);
    expect(clock.now()).toBe(machine.now());
    clock.note(A, 1_900);
    expect(clock.correctionMs()).toBe(0);
    clock.note(A, 60_000);
    expect(clock.now() - machine.now()).toBe(60_000);
    clock.note(storeId.parse('b'), 61_000);
    clock.note(storeId.parse('c'), 86_400_000);
    expect(clock.correctionMs()).toBe(61_000);
    clock.forget(storeId.parse('c'));
    expect(clock.correctionMs()).toBe(60_500);
  });

  it('takes a shop’s second from its middle and the way of the answer in halves', () => {
    const at = toInstant(1_000_000);
    expect(skewOf(at, toInstant(1_000_300), toInstant(1_000_700))).toBe(0);
  });
});

describe('the page desk', () => {
  it('gives credits to the most urgent first and settles each page once', async () => {
    const desk = new PageDesk();
    const sent: string[] = [];
    const submit = (name: string, urgency: number): Promise<PageFate> =>
      desk.submit(urgency, (pageId) => sent.push(`${name}:${pageId}`));
    expect(await submit('early', 1)).toEqual({ kind: 'gone' });
    desk.begin(1);
    const fates = [submit('first', 5), submit('late', 9), submit('urgent', 1)];
    expect(sent).toEqual(['first:1']);
    desk.settle(1, { kind: 'applied' });
    desk.settle(1, { kind: 'failed', code: 'twice' });
    expect(sent).toEqual(['first:1', 'urgent:2']);
    expect(await fates[0]).toEqual({ kind: 'applied' });
    desk.end();
    expect(await Promise.all([fates[1], fates[2]])).toEqual([{ kind: 'gone' }, { kind: 'gone' }]);
  });
});
