import { afterEach, describe, expect, it } from 'vitest';
import { AREAS } from '@shared/contract/station';
import { journalRecord } from '@shared/domain/fact';
import { factId, gestureId, deviceId, poolId, printerId, storeId, waybillNo } from '@shared/domain/ids';
import { parcelIdAt } from '@shared/domain/shipment-work';
import { ok } from '@shared/language/result';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CoreParts } from '../../../main/wiring/core';
import type { ShopConnector } from '../../../main/platforms/connector';
import { aDraft, countedBody, unitsOf } from '../../builders/facts';
import { anOrder, NOON, SHOP } from '../../builders/orders';
import { aPerson } from '../../builders/people';
import { planOf } from '../../builders/plans';
import { aPolicy } from '../../builders/policies';
import { LEAD, PACKER } from '../../fakes/bench-rig';
import { openTestLabelMaker } from '../../oracles/test-label-maker';
import { startPrinterSink, type PrinterSink } from '../../rigs/printer-sink';
import { aPrinter, CONTACT_KEY, openCoreRig, type CoreRig } from './core-rig';
import { kindsOf, labelOrderOf, sealContact } from './packing-rig';

const CONTEXT = { windowId: 1 };
/** A printer that stays silent is asked and waited for once. */
const SOON = { timeout: 10_000 };
const POOL = poolId.parse('pool-1');

/** A shop that holds one order and remembers what it was told. */
function aShop() {
  const told: string[] = [];
  const order = anOrder('1001');
  const connector: ShopConnector = {
    storeId: SHOP,
    pullChanges: async () => ok({ orders: [order], unreadable: [], cursor: 'c1', more: false, platformTime: null }),
    readOrder: async () => ok(order),
    readStops: async () => ok({ orderKey: order.orderKey, reasons: [], readAt: NOON }),
    confirmShipment: async (delivery, attempt) => {
      told.push(`${delivery.orderNo} ${delivery.waybillNo} ${attempt}`);
      return { kind: 'acknowledged', already: false };
    },
    isShown: async () => ok(true),
    health: async () => ({ kind: 'fine', latencyMs: 3, platformTime: null }),
  };
  return { connector, told, order };
}

let rig: CoreRig;
let sink: PrinterSink | undefined;
afterEach(async () => {
  await rig.close();
  await sink?.stop();
  sink = undefined;
});

async function openBench(policy: Parameters<typeof aPolicy>[0] = {}, parts: Partial<CoreParts> = {}) {
  sink = await startPrinterSink();
  const shop = aShop();
  rig = await openCoreRig({ shop: shop.connector, printer: aPrinter(sink), policy, parts });
  await rig.core.importNumbers(POOL, 'manual', [waybillNo.parse('WB000001'), waybillNo.parse('WB000002')]);
  return { shop, sink };
}

const completeAsk = (shop: ReturnType<typeof aShop>, revision = 0) => {
  const plan = planOf(shop.order);
  return {
    gestureId: gestureId.parse('g-1'),
    deviceId: deviceId.parse('scanner'),
    method: 'scan' as const,
    expect: { shipmentId: plan.shipmentId, revision },
    parcelId: parcelIdAt(plan.shipmentId, 1),
    counted: aDraft(countedBody(plan)),
    verifiedFactId: factId.parse(`verified-${revision}`),
    units: unitsOf(plan),
    orders: [{ ...labelOrderOf(shop.order), sealedContact: sealContact(shop.order, CONTACT_KEY) }],
  };
};

const kinds = (): string[] => rig.records().flatMap((record) => kindsOf(record));

describe('the station’s core', () => {
  it('takes a parcel from a pulled order to a shop that was told, with the worker following every record', async () => {
    const { shop, sink: printer } = await openBench();
    const worker = await rig.worker();
    worker.hello();
    await expect.poll(() => worker.of('page').length).toBe(1);
    expect(worker.of('page')[0]).toMatchObject({ storeId: SHOP, cursor: 'c1', orders: [{ orderNo: '1001' }] });
    worker.apply(1);
    const reply = await rig.core.handlers.packing.complete(completeAsk(shop), CONTEXT);
    expect(reply.ok).toBe(true);
    await expect.poll(() => shop.told, SOON).toEqual(['1001 WB000001 1']);
    await expect.poll(kinds, SOON).toContain('delivery-moved');
    expect(Buffer.from(printer.papers[0] ?? []).toString('latin1')).toContain('WB000001');
    const head = rig.records().length;
    await expect
      .poll(() => worker.of('records').flatMap((message) => message.records.map((record) => record.seq)))
      .toEqual(Array.from({ length: head }, (_, n) => n + 1));
    for (const record of rig.records()) expect(journalRecord.safeParse(record).success).toBe(true);
  });

  it('keeps no personal data in its journal', async () => {
    const { shop } = await openBench();
    await rig.core.handlers.packing.complete(completeAsk(shop), CONTEXT);
    await expect.poll(kinds, SOON).toContain('parcel-closed');
    const journal = (await readFile(join(rig.profileDir, 'journal', '000000000001.tlj'))).toString('utf8');
    expect(journal).toContain('WB000001');
    for (const value of [shop.order.contact.name, shop.order.contact.phone, shop.order.contact.street])
      expect(journal).not.toContain(value);
  });

  it('finds everything again after a restart and answers a repeated completion with its record', async () => {
    const { shop, sink: printer } = await openBench();
    const ask = completeAsk(shop);
    const first = await rig.core.handlers.packing.complete(ask, CONTEXT);
    await expect.poll(() => shop.told.length, SOON).toBe(1);
    await rig.restart();
    expect(await rig.core.handlers.packing.complete(ask, CONTEXT)).toEqual(first);
    expect(printer.papers).toHaveLength(1);
    expect(await rig.core.handlers.numbers.pools(null, CONTEXT)).toEqual({
      ok: true,
      value: [{ poolId: POOL, carrier: 'manual', free: 1, used: 1, voided: 0 }],
    });
    const since = await rig.core.handlers.journal.readSince({ afterSeq: 1, limit: 1 }, CONTEXT);
    expect(since).toMatchObject({ ok: true, value: { records: [{ seq: 2 }] } });
    const jobs = await rig.core.handlers.printing.jobs({ search: 'wb000001', limit: 10 }, CONTEXT);
    expect(jobs).toMatchObject({ ok: true, value: [{ waybillNo: 'WB000001', state: 'sent' }] });
    expect(AREAS.printing.calls.jobs.answer.safeParse(jobs.ok ? jobs.value : null).success).toBe(true);
  });

  it('ends in seconds although a printer hangs with a label, and calls that label unknown at the next start', async () => {
    const maker = await openTestLabelMaker();
    // More than the system takes by itself, so that the printer's silence is felt.
    const make: CoreParts['labels']['make'] = async (request) => {
      const label = maker.make(request);
      return label.ok ? ok({ ...label.value, bytes: new Uint8Array(30_000_000) }) : label;
    };
    const labels = { make, warmUp: () => undefined, stop: async () => undefined };
    const { shop, sink: printer } = await openBench({}, { labels });
    printer.setBehaviour({ kind: 'never-reads' });
    await rig.core.handlers.packing.complete(completeAsk(shop), CONTEXT);
    await expect.poll(kinds, SOON).toContain('print-moved sending');
    await rig.restart();
    await expect.poll(kinds, SOON).toContain('print-moved unknown');
    expect(printer.papers).toHaveLength(0);
  }, 30_000);

  it('refuses a person without the right in every area that changes something', async () => {
    const { shop } = await openBench();
    rig.people.current = aPerson('finance');
    const { handlers } = rig.core;
    const store = rig.settings.stores[0];
    if (store === undefined) throw new Error('no store');
    const printer = rig.settings.printers[0];
    if (printer === undefined) throw new Error('no printer');
    const replies = await Promise.all([
      handlers.packing.complete(completeAsk(shop), CONTEXT),
      handlers.stores.save({ ...store, secret: null }, CONTEXT),
      handlers.stores.remove({ storeId: SHOP }, CONTEXT),
      handlers.stores.test({ connection: store.connection, secret: null, storeId: SHOP }, CONTEXT),
      handlers.printing.savePrinter(printer, CONTEXT),
      handlers.printing.removePrinter({ printerId: printer.printerId }, CONTEXT),
      handlers.printing.printTest({ printerId: printer.printerId }, CONTEXT),
      handlers.numbers.importNumbers({ poolId: POOL, carrier: 'manual', text: 'WB000009' }, CONTEXT),
    ]);
    expect(replies.map((reply) => (reply.ok ? 'done' : reply.error.code))).toEqual(Array(8).fill('not-allowed'));
    rig.people.current = null;
    expect(await handlers.packing.complete(completeAsk(shop), CONTEXT)).toMatchObject({
      error: { code: 'not-signed-in' },
    });
  });

  it('imports pasted numbers once, counts the known and lists the bad', async () => {
    await openBench();
    rig.people.current = LEAD;
    const text = 'wb000003, WB000002\r\nWB000003\n不是号码;abc';
    const reply = await rig.core.handlers.numbers.importNumbers({ poolId: POOL, carrier: 'manual', text }, CONTEXT);
    expect(reply).toEqual({
      ok: true,
      value: {
        added: 1,
        known: 2,
        invalid: [
          { line: 3, text: '不是号码' },
          { line: 3, text: 'abc' },
        ],
      },
    });
    const nothing = await rig.core.handlers.numbers.importNumbers(
      { poolId: POOL, carrier: 'manual', text: '一' },
      CONTEXT,
    );
    expect(nothing).toMatchObject({ error: { code: 'numbers-invalid' } });
    await rig.core.importNumbers(POOL, 'manual', [waybillNo.parse('WB000001')]);
    expect(rig.records().filter((record) => record.facts[0]?.body.kind === 'numbers-imported')).toHaveLength(2);
  });

  it('prints a test page, on the record, and lists it beside the parcels’ jobs', async () => {
    const { sink: printer } = await openBench();
    const reply = await rig.core.handlers.printing.printTest({ printerId: printerId.parse('printer-1') }, CONTEXT);
    expect(reply.ok).toBe(true);
    await printer.until(({ papers }) => papers.length === 1);
    await expect
      .poll(async () => {
        const jobs = await rig.core.handlers.printing.jobs({ search: '', limit: 10 }, CONTEXT);
        return jobs.ok ? jobs.value.map((job) => [job.shipmentId, job.state]) : [];
      }, SOON)
      .toEqual([[null, 'sent']]);
    expect(rig.records().at(-1)?.facts[0]?.body).toMatchObject({ kind: 'audited', action: 'test-page' });
  });

  it('adds, changes and removes printers; what the spooler sees reaches the windows', async () => {
    const { sink: printer } = await openBench();
    rig.people.current = aPerson('administrator');
    const { handlers } = rig.core;
    const checked = await handlers.printing.checkPrinter({ printerId: printerId.parse('printer-1') }, CONTEXT);
    expect(checked.ok && AREAS.printing.calls.checkPrinter.answer.safeParse(checked.value).success).toBe(true);
    const second = { ...aPrinter(printer), printerId: printerId.parse('printer-2'), name: '打包台 2' };
    expect((await handlers.printing.savePrinter(second, CONTEXT)).ok).toBe(true);
    expect(await handlers.printing.savePrinter({ ...second, model: 'no-such' }, CONTEXT)).toMatchObject({
      error: { code: 'bad-request' },
    });
    const list = await handlers.printing.printers(null, CONTEXT);
    expect(list.ok && list.value.map((view) => view.settings.printerId)).toEqual(['printer-1', 'printer-2']);
    // Asked without a job, so that its state is on screen before the first label is needed.
    await expect
      .poll(
        () => rig.printerViews().some((view) => view.settings.printerId === 'printer-2' && view.state === 'ready'),
        SOON,
      )
      .toBe(true);
    rig.settings.saveFails = true;
    expect(await handlers.printing.removePrinter({ printerId: second.printerId }, CONTEXT)).toMatchObject({
      error: { code: 'settings-not-saved' },
    });
    rig.settings.saveFails = false;
    expect((await handlers.printing.removePrinter({ printerId: second.printerId }, CONTEXT)).ok).toBe(true);
    expect(await handlers.printing.checkPrinter({ printerId: second.printerId }, CONTEXT)).toMatchObject({
      error: { code: 'printer-unknown' },
    });
  });

  it('saves, tests, lists and removes stores', async () => {
    await openBench();
    rig.people.current = aPerson('administrator');
    const { handlers } = rig.core;
    const connection = rig.settings.stores[0]?.connection;
    if (connection === undefined) throw new Error('no store');
    const policy = aPolicy({ storeId: storeId.parse('shop-b'), name: '第二家' });
    expect((await handlers.stores.save({ policy, connection, secret: null }, CONTEXT)).ok).toBe(true);
    const tested = await handlers.stores.test({ connection, secret: null, storeId: SHOP }, CONTEXT);
    expect(tested).toEqual({ ok: true, value: { latencyMs: 3, openOrders: 1, firstOrders: ['#1001'] } });
    const list = await handlers.stores.list(null, CONTEXT);
    expect(list.ok && list.value.map(({ policy: each, freshness }) => [each.storeId, freshness.state])).toEqual([
      [SHOP, 'no-worker'],
      ['shop-b', 'no-worker'],
    ]);
    expect(AREAS.stores.calls.list.answer.safeParse(list.ok ? list.value : null).success).toBe(true);
    expect((await handlers.stores.remove({ storeId: policy.storeId }, CONTEXT)).ok).toBe(true);
    expect(await handlers.stores.pullNow({ storeId: policy.storeId }, CONTEXT)).toMatchObject({
      error: { code: 'store-unknown' },
    });
  });

  it('cannot be told to wait for facts that do not exist yet', () => {
    for (const tellAt of ['weighed', 'handed-over'])
      expect(
        AREAS.stores.calls.save.ask.safeParse({ policy: { ...aPolicy(), tellAt }, connection: null, secret: null })
          .error?.issues[0]?.path,
      ).toEqual(['policy', 'tellAt']);
  });

  it('writes an audit with the person who is signed in', async () => {
    await openBench();
    await rig.core.audit('signed-in', PACKER.personId);
    expect(rig.records().at(-1)?.facts[0]).toMatchObject({
      personId: PACKER.personId,
      body: { kind: 'audited', action: 'signed-in', subject: PACKER.personId },
    });
  });
});

describe('a core whose journal cannot be opened', () => {
  it('starts all the same, refuses work with words and tells every window that comes', async () => {
    const shop = aShop();
    rig = await openCoreRig({ shop: shop.connector });
    const { rm, writeFile } = await import('node:fs/promises');
    await rig.core.stop();
    await rm(join(rig.profileDir, 'journal'), { recursive: true });
    await writeFile(join(rig.profileDir, 'journal'), 'not a folder');
    await rig.restart();
    expect(rig.told).toContainEqual({
      area: 'journal',
      event: 'trouble',
      carried: { code: 'disk-failed', detail: 'ENOTDIR' },
    });
    const fact = aDraft(countedBody(planOf(shop.order)));
    const shipmentId = planOf(shop.order).shipmentId;
    const ask = { expect: { shipmentId, revision: 0 }, facts: [fact], approval: null };
    expect(await rig.core.handlers.journal.append(ask, CONTEXT)).toMatchObject({ error: { code: 'disk-failed' } });
    rig.told.length = 0;
    await rig.worker();
    expect(rig.told.map((each) => each.event)).toContain('trouble');
  });
});
