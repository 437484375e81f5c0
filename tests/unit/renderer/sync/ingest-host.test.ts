import { describe, expect, it } from 'vitest';
import { answered, refused, type Reply } from '@shared/contract/envelope';
import { startIngestHost, type IngestHostState, type WorkerLike } from '../../../../renderer/sync/ingest-host';
import { createManualClock } from '../../../fakes/manual-clock';

class FakeWorker implements WorkerLike {
  readonly ports: MessagePort[][] = [];
  terminated = false;
  private readonly listeners = new Map<string, ((event: { readonly data: unknown }) => void)[]>();

  postMessage(_message: unknown, transfer: MessagePort[]): void {
    this.ports.push(transfer);
  }

  addEventListener(type: string, listener: (event: { readonly data: unknown }) => void): void {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener]);
  }

  terminate(): void {
    this.terminated = true;
  }

  say(type: string, data: unknown = null): void {
    for (const listener of this.listeners.get(type) ?? []) listener({ data });
  }
}

function host(openFeed: () => Promise<Reply<null>> = async () => answered(null), beside?: { lock: Promise<void> }) {
  const clock = createManualClock();
  const states: IngestHostState[] = [];
  const workers: FakeWorker[] = [];
  const portListeners = new Set<(port: MessagePort) => void>();
  const lock = { lock: beside?.lock ?? Promise.resolve() };
  const stop = startIngestHost({
    openFeed,
    withLock: async (_name, _signal, task) => {
      const turn = lock.lock;
      let free = (): void => undefined;
      lock.lock = new Promise((resolve) => (free = resolve));
      if (beside !== undefined) beside.lock = lock.lock;
      await turn;
      await task();
      free();
    },
    createWorker: () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    onPort: (listener) => {
      portListeners.add(listener);
      return () => portListeners.delete(listener);
    },
    wait: (spanMs) => new Promise((resolve) => clock.after(spanMs, resolve)),
    onState: (state) => states.push(state),
  });
  const handPort = (): void => {
    const { port1 } = new MessageChannel();
    for (const listener of [...portListeners]) listener(port1);
  };
  return { clock, states, workers, stop, handPort, portListeners, lock };
}

describe('the ingest host', () => {
  it('hands the feed’s port to a worker and says that it runs', async () => {
    const rig = host();
    await rig.clock.settle();
    expect(rig.workers).toHaveLength(0);
    rig.handPort();
    rig.workers[0]?.say('message', { kind: 'running' });
    expect(rig.workers[0]?.ports[0]).toHaveLength(1);
    expect(rig.states.map((state) => state.kind)).toEqual(['elsewhere', 'starting', 'running']);
    rig.stop();
    await rig.clock.settle();
    expect(rig.workers[0]?.terminated).toBe(true);
    expect(rig.portListeners.size).toBe(0);
  });

  it('starts a dead worker again with a feed of its own, later each time it never ran', async () => {
    const rig = host();
    await rig.clock.settle();
    rig.handPort();
    rig.workers[0]?.say('message', { kind: 'running' });
    rig.workers[0]?.say('error');
    await rig.clock.settle();
    expect(rig.states.at(-1)).toEqual({ kind: 'waiting', because: 'worker-died' });
    await rig.clock.advance(500);
    rig.handPort();
    expect(rig.workers).toHaveLength(2);
    rig.workers[1]?.say('message', { kind: 'failed', cause: 'AbortError' });
    await rig.clock.advance(999);
    expect(rig.states.at(-1)).toEqual({ kind: 'waiting', because: 'AbortError' });
    await rig.clock.advance(1);
    expect(rig.states.at(-1)).toEqual({ kind: 'starting' });
    rig.stop();
  });

  it('asks again soon while the vault is locked', async () => {
    let locked = true;
    const rig = host(async () => (locked ? refused('vault-locked') : answered(null)));
    await rig.clock.settle();
    expect(rig.states.at(-1)).toEqual({ kind: 'waiting', because: 'vault-locked' });
    await rig.clock.advance(5_000);
    locked = false;
    await rig.clock.advance(500);
    rig.handPort();
    expect(rig.workers).toHaveLength(1);
    rig.stop();
  });

  it('gives up with the reason when the database is a newer program’s, and frees the lock', async () => {
    const rig = host();
    await rig.clock.settle();
    rig.handPort();
    const problem = { code: 'database-newer', found: 30, supported: 10 };
    rig.workers[0]?.say('message', { kind: 'refused', problem });
    await rig.clock.settle();
    expect(rig.states.at(-1)).toEqual({ kind: 'refused', problem });
    await rig.lock.lock;
    expect(rig.workers[0]?.terminated).toBe(true);
  });

  it('waits for the window that has the lock, and goes on when that closes', async () => {
    const shared = { lock: Promise.resolve() };
    const first = host(undefined, shared);
    const second = host(undefined, shared);
    await first.clock.settle();
    expect(second.states).toEqual([{ kind: 'elsewhere' }]);
    first.stop();
    await first.clock.settle();
    expect(second.states.at(-1)).toEqual({ kind: 'starting' });
    second.stop();
  });
});
