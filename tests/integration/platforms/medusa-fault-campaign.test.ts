/** Random faults over whole deliveries, by seed: whatever the network does, the shop shows each parcel once. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { confirmShipment, type ConfirmShipment } from '@shared/domain/delivery';
import { orderKeyOf, orderNo, shipmentIdOf, storeId } from '@shared/domain/ids';
import { toInstant } from '@shared/units/instant';
import { startMedusaShop } from '../../../main/simulators/medusa-shop/medusa-shop';
import { movableClock } from '../../driver-suites/connector-harness';
import { connectMedusa, MEDUSA_WRITES } from '../../driver-suites/medusa-connection';
import { startFaultProxy, type FaultProxy, type ProxyFault } from '../../rigs/tcp-fault-proxy';
import { commandSimulator } from './command-simulator';

const SEEDS = 25;
const GRACE_MS = 15_000;
/** Short, so that held requests cost little; a busy machine then only adds faults of its own. */
const HASTY_MS = 150;
const PATIENT_MS = 15_000;
const FAULTY_ATTEMPTS = 6;
const KINDS: readonly ProxyFault[] = [
  { kind: 'pass' },
  { kind: 'pass' },
  { kind: 'cut-before' },
  { kind: 'cut-during' },
  { kind: 'cut-after' },
  { kind: 'hold' },
  { kind: 'duplicate' },
  { kind: 'gateway-timeout' },
  { kind: 'truncate' },
  { kind: 'page', status: 503 },
];

/** mulberry32: a small seeded source, so that a failure can be played again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function armAtRandom(proxy: FaultProxy, random: () => number): void {
  const pick = (): ProxyFault => KINDS[Math.floor(random() * KINDS.length)] ?? { kind: 'pass' };
  proxy.arm({ method: 'POST', path: MEDUSA_WRITES.create }, pick());
  proxy.arm({ method: 'POST', path: MEDUSA_WRITES.ship }, pick());
  if (random() < 0.3) proxy.arm({ method: 'GET', path: MEDUSA_WRITES.read }, { kind: 'cut-after' });
}

async function playSeed(seed: number): Promise<void> {
  const random = randomFrom(seed);
  const simulator = await startMedusaShop(
    { name: 'shop', title: '练习店' },
    { stateDir: null, demo: false, now: () => Date.now() },
  );
  const { baseUrl, secretKey } = z.object({ baseUrl: z.string(), secretKey: z.string() }).parse(simulator.announcement);
  const proxy = await startFaultProxy(baseUrl);
  const clock = movableClock(toInstant(Date.now()));
  const command = commandSimulator(simulator);
  const parcels = 1 + Math.floor(random() * 3);
  const spare = Math.floor(random() * 2);
  const [order] = await command.createOrders({ lines: [{ sku: 'TEA-LJ-100', quantity: parcels + spare }] });
  const store = storeId.parse('suite-store');
  const key = orderKeyOf(store, orderNo.parse(order?.id));
  const deliveries = Array.from({ length: parcels }, (_, index) =>
    confirmShipment.parse({
      deliveryId: `d-${index}`,
      idempotencyKey: `campaign-key-${seed}-${index}`,
      storeId: store,
      orderKey: key,
      orderNo: order?.id,
      shipmentId: shipmentIdOf(key),
      parcelId: `p-${index}`,
      carrier: '样例快递',
      waybillNo: `CAMP${seed}-${index}`,
      units: [{ lineId: order?.lines[0]?.id, quantity: 1 }],
    }),
  );
  const connect = (limitMs: number) =>
    connectMedusa(
      { baseUrl: proxy.baseUrl, clock, graceMs: GRACE_MS, limitMs, pageSize: 50 },
      { kind: 'secret-key', key: secretKey },
    );
  let connector = connect(HASTY_MS);

  const deliver = async (told: ConfirmShipment): Promise<void> => {
    for (let attempt = 1; attempt <= 30; attempt++) {
      if (attempt <= FAULTY_ATTEMPTS) armAtRandom(proxy, random);
      else proxy.disarm();
      // A restart. Not before every attempt: a program that never runs for one grace time creates nothing, and rightly.
      if (attempt === FAULTY_ATTEMPTS + 1) connector = connect(PATIENT_MS);
      else if (attempt <= FAULTY_ATTEMPTS && random() < 0.2) connector = connect(HASTY_MS);
      const outcome = await connector.confirmShipment(told, attempt, AbortSignal.timeout(20_000));
      if (outcome.kind === 'acknowledged') return;
      expect(outcome.kind, `seed ${seed}: ${JSON.stringify(outcome)}`).not.toBe('parked');
      if ('notBefore' in outcome) clock.advance(Math.max(1, outcome.notBefore - clock.now()));
      if (random() < 0.3) await proxy.release();
    }
    throw new Error(`seed ${seed}: not acknowledged in 30 attempts`);
  };

  try {
    for (const told of deliveries) await deliver(told);
    await proxy.release();
    proxy.disarm();
    connector = connect(PATIENT_MS);
    for (const told of deliveries) {
      await expect.poll(() => connector.isShown(told, AbortSignal.timeout(20_000))).toEqual({ ok: true, value: true });
    }
    const live = (await command.told(order?.id ?? '')).fulfillments.filter((one) => !one.canceled);
    const shown = live.map((one) => `${one.numbers.join('+')} ${one.shipped ? 'shipped' : 'open'}`).sort();
    expect(shown, `seed ${seed}`).toEqual(deliveries.map((told) => `${told.waybillNo} shipped`));
  } finally {
    await proxy.stop();
    await simulator.stop();
  }
}

describe('confirming through random faults', () => {
  it.each(Array.from({ length: SEEDS }, (_, index) => index + 1))('shows each parcel once (seed %i)', (seed) =>
    playSeed(seed),
  );
});
