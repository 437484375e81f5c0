// First: it puts the database in memory in place.
import { openTestDatabase } from '../../../fakes/test-database';
import { describe, expect, it, vi } from 'vitest';
import { addMs } from '@shared/units/instant';
import { IndexHost } from '../../../../renderer/index-memory/index-host';
import { RecordStream } from '../../../../renderer/index-memory/record-stream';
import { aFact, aRecord, countedBody, packedFacts } from '../../../builders/facts';
import { anOrder, NOON } from '../../../builders/orders';
import { aPlan } from '../../../builders/plans';
import { channelHub, startIngestRig } from '../../../fakes/ingest-rig';
import { createFakeStation } from '../../../fakes/fake-station';
import { createManualClock } from '../../../fakes/manual-clock';

async function rigWithHost() {
  const hub = channelHub();
  const database = await openTestDatabase();
  const ingest = await startIngestRig({ database, hub });
  await ingest.welcome();
  const clock = createManualClock(NOON);
  const fake = createFakeStation({ clock });
  const newHost = () =>
    new IndexHost({ journal: fake.station.journal, database, channel: hub.join(), clock, timers: clock });
  return { hub, database, ingest, clock, fake, newHost };
}

const ids = (host: IndexHost): string[] =>
  ['1', '2', '3'].filter((number) => host.index.plan(aPlan(number).shipmentId) !== undefined);

describe('the index host', () => {
  it('loads plans from the database and works from the journal, and follows both', async () => {
    const rig = await rigWithHost();
    await rig.ingest.page([anOrder('1')]);
    rig.fake.journal.write(packedFacts(aPlan('1'), 'TM0001'), null);
    const host = rig.newHost();
    expect(host.status()).toEqual({ kind: 'loading' });
    await host.start();
    expect(host.status()).toEqual({ kind: 'ready' });
    expect(host.index.counted().byState.closed).toBe(1);
    await rig.ingest.page([anOrder('2')]);
    rig.fake.journal.write([aFact(countedBody(aPlan('2')))], null);
    expect(ids(host)).toEqual(['1', '2']);
    expect(host.index.work(aPlan('2').shipmentId)?.parcels).toHaveLength(1);
    host.stop();
  });

  it('loses nothing that comes while it loads', async () => {
    const rig = await rigWithHost();
    await rig.ingest.page([anOrder('1')]);
    const host = rig.newHost();
    const started = host.start();
    await rig.ingest.page([anOrder('2')]);
    rig.fake.journal.write(packedFacts(aPlan('2'), 'TM0001'), null);
    await started;
    expect(ids(host)).toEqual(['1', '2']);
    expect(host.index.row(aPlan('2').shipmentId)?.standing.state).toBe('closed');
    host.stop();
  });

  it('reads what it missed when an announcement did not arrive', async () => {
    const rig = await rigWithHost();
    const host = rig.newHost();
    await host.start();
    // A transaction of which this window never hears.
    const deaf = await startIngestRig({ database: rig.database, hub: channelHub() });
    await rig.ingest.engine.stop();
    await deaf.welcome();
    await deaf.page([anOrder('1')]);
    await deaf.engine.stop();
    expect(ids(host)).toEqual([]);
    const next = await startIngestRig({ database: rig.database, hub: rig.hub });
    await next.welcome();
    await next.page([anOrder('2')]);
    await expect.poll(() => ids(host)).toEqual(['1', '2']);
    host.stop();
  });

  it('says that it failed when the database cannot be read', async () => {
    const rig = await rigWithHost();
    vi.spyOn(rig.database, 'transaction').mockRejectedValue(new DOMException('x', 'UnknownError'));
    const host = rig.newHost();
    let told = 0;
    host.subscribeStatus(() => (told += 1));
    await host.start();
    expect([host.status(), told]).toEqual([{ kind: 'failed', code: 'UnknownError' }, 1]);
    host.stop();
  });

  it('lets waiting shipments become ready as time goes on', async () => {
    const rig = await rigWithHost();
    await rig.ingest.page([anOrder('1', { notBefore: addMs(NOON, 10_000) })]);
    const host = rig.newHost();
    await host.start();
    expect(host.index.counted().byState.waiting).toBe(1);
    await rig.clock.advance(11_000);
    expect(host.index.counted().byState.ready).toBe(1);
    host.stop();
    expect(rig.clock.pending()).toBe(0);
  });
});

describe('the record stream', () => {
  const records = Array.from({ length: 5 }, (_gap, at) =>
    aRecord(at + 1, [aFact({ kind: 'audited', action: `step-${at + 1}`, subject: '' })]),
  );

  function stream(known = records.length) {
    const applied: number[] = [];
    const clock = createManualClock();
    let refuses = 0;
    const made = new RecordStream({
      readSince: async ({ afterSeq, limit }) => {
        if (refuses > 0) {
          refuses -= 1;
          return { ok: false, error: { code: 'journal-closed', params: {} } };
        }
        return {
          ok: true,
          value: { records: records.slice(afterSeq, Math.min(known, afterSeq + limit)), headSeq: known },
        };
      },
      apply: (record) => applied.push(record.seq),
      timers: clock,
    });
    return { made, applied, clock, refuse: (times: number) => (refuses = times) };
  }

  const at = (seq: number) => {
    const record = records[seq - 1];
    if (record === undefined) throw new Error('no such record');
    return record;
  };

  it('applies each record once and in order, however often and in whatever order they come', async () => {
    const { made, applied, clock } = stream(0);
    await made.begin(0);
    for (const seq of [2, 2, 1, 4, 1, 3, 5, 3]) made.offer(at(seq));
    await clock.settle();
    expect(applied).toEqual([1, 2, 3, 4, 5]);
  });

  it('asks for what is missing', async () => {
    const { made, applied, clock } = stream();
    await made.begin(2);
    made.offer(at(5));
    await clock.settle();
    expect(applied).toEqual([3, 4, 5]);
  });

  it('keeps what comes before it has begun', async () => {
    const { made, applied } = stream(2);
    made.offer(at(3));
    await made.begin(0);
    expect(applied).toEqual([1, 2, 3]);
  });

  it('asks again when the journal does not answer', async () => {
    const { made, applied, clock, refuse } = stream();
    refuse(2);
    await made.begin(0);
    expect(applied).toEqual([]);
    await clock.advance(2_000);
    expect(applied).toEqual([1, 2, 3, 4, 5]);
    made.stop();
  });
});
