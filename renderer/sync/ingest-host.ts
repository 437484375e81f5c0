/**
 * Keeps one ingest worker running among all windows of a profile.
 *
 * The walk: every window asks for the same Web Lock; the one that gets it starts a worker, asks main for the feed and
 * hands the port over. If the worker dies it is started again, later each time. When the window closes the browser frees
 * the lock and the next window goes on from what is committed.
 */
import { FEED_PORT_CHANNEL } from '@shared/contract/channel-names';
import type { Reply } from '@shared/contract/envelope';
import { fromIngestWorker, type FromIngestWorker } from './worker-messages';

export const INGEST_LOCK = 'tallyman-ingest';
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

export type IngestHostState =
  | { readonly kind: 'elsewhere' } // another window has the lock
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'waiting'; readonly because: string } // locked vault, dead worker: tried again by itself
  | { readonly kind: 'refused'; readonly problem: Extract<FromIngestWorker, { kind: 'refused' }>['problem'] };

/** A worker, as far as it is used here. */
export interface WorkerLike {
  postMessage(message: unknown, transfer: MessagePort[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: () => void): void;
  terminate(): void;
}

export interface IngestHostPorts {
  readonly openFeed: (ask: null) => Promise<Reply<null>>;
  /** Holds the lock while the task runs; rejects when the wait is aborted. */
  readonly withLock: (name: string, signal: AbortSignal, task: () => Promise<void>) => Promise<void>;
  readonly createWorker: () => WorkerLike;
  /** Calls back for each feed port that main hands to this window. @returns cancel. */
  readonly onPort: (listener: (port: MessagePort) => void) => () => void;
  readonly wait: (spanMs: number) => Promise<void>;
  readonly onState: (state: IngestHostState) => void;
}

/** Runs until stopped. @returns stop: ends the worker and frees the lock. */
export function startIngestHost(ports: IngestHostPorts): () => void {
  const ending = new AbortController();
  ports.onState({ kind: 'elsewhere' });
  ports
    .withLock(INGEST_LOCK, ending.signal, () => keepRunning(ports, ending.signal))
    .catch((error: unknown) => {
      if (!ending.signal.aborted)
        ports.onState({ kind: 'waiting', because: error instanceof Error ? error.name : 'lock' });
    });
  return () => ending.abort();
}

async function keepRunning(ports: IngestHostPorts, signal: AbortSignal): Promise<void> {
  let waitMs = FIRST_WAIT_MS;
  while (!signal.aborted) {
    ports.onState({ kind: 'starting' });
    const ended = await runOnce(ports, signal);
    if (signal.aborted) return;
    if (ended.kind === 'refused') {
      ports.onState({ kind: 'refused', problem: ended.problem });
      return;
    }
    // A person is about to open the vault, so that is asked again soon.
    const soon = ended.hadRun || ended.because === 'vault-locked';
    waitMs = soon ? FIRST_WAIT_MS : Math.min(LONGEST_WAIT_MS, waitMs * 2);
    ports.onState({ kind: 'waiting', because: ended.because });
    await ports.wait(waitMs);
  }
}

type Ended =
  | { readonly kind: 'again'; readonly because: string; readonly hadRun: boolean }
  | { readonly kind: 'refused'; readonly problem: Extract<FromIngestWorker, { kind: 'refused' }>['problem'] };

/** One life of a worker, from the feed's opening to its death. */
function runOnce(ports: IngestHostPorts, signal: AbortSignal): Promise<Ended> {
  return new Promise((resolve) => {
    let worker: WorkerLike | null = null;
    let hadRun = false;
    const finish = (ended: Ended): void => {
      cancelPort();
      signal.removeEventListener('abort', onAbort);
      worker?.terminate();
      resolve(ended);
    };
    const again = (because: string): void => finish({ kind: 'again', because, hadRun });
    const onAbort = (): void => again('stopped');
    signal.addEventListener('abort', onAbort);
    const cancelPort = ports.onPort((port) => {
      // One port per life: a second one would belong to a feed that main opened anew.
      if (worker !== null) return again('feed-reopened');
      worker = ports.createWorker();
      worker.addEventListener('error', () => again('worker-died'));
      worker.addEventListener('messageerror', () => again('worker-died'));
      worker.addEventListener('message', (event) => {
        const parsed = fromIngestWorker.safeParse(event.data);
        if (!parsed.success) return;
        if (parsed.data.kind === 'refused') return finish({ kind: 'refused', problem: parsed.data.problem });
        if (parsed.data.kind === 'failed') return again(parsed.data.cause);
        hadRun = true;
        ports.onState({ kind: 'running' });
      });
      worker.postMessage({ kind: 'start' }, [port]);
    });
    ports.openFeed(null).then(
      (reply) => {
        if (!reply.ok) again(reply.error.code);
      },
      () => again('internal'),
    );
  });
}

/** Feed ports that main posts to this window; messages of other origins or shapes are not ours. */
export function onFeedPort(listener: (port: MessagePort) => void): () => void {
  const heard = (event: MessageEvent<unknown>): void => {
    const { data } = event;
    const named = typeof data === 'object' && data !== null && Reflect.get(data, 'channel') === FEED_PORT_CHANNEL;
    const [port] = event.ports;
    if (event.source === window && named && port !== undefined) listener(port);
  };
  window.addEventListener('message', heard);
  return () => window.removeEventListener('message', heard);
}

/** The browser's own lock, worker and port, for `startIngestHost`. */
export const browserIngestPorts: Pick<IngestHostPorts, 'withLock' | 'createWorker' | 'onPort'> = {
  withLock: async (name, signal, task) => {
    await navigator.locks.request(name, { signal }, task);
  },
  createWorker: () => new Worker(new URL('./ingest-worker.ts', import.meta.url), { type: 'module' }),
  onPort: onFeedPort,
};
