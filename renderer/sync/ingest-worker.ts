/** The ingest worker's entry: waits for its port, opens the database, runs the engine. */
import { openDatabase } from '../data/database';
import { systemClock, systemTimers, waitOn } from '../services/clock';
import { openBenchChannel } from './channels';
import { IngestEngine } from './ingest-engine';
import type { FromIngestWorker } from './worker-messages';

/** A worker's own side, as far as it is used here (the page's types have no worker global). */
interface WorkerSide {
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void, options?: { once: true }): void;
  postMessage(message: FromIngestWorker): void;
}

async function begin(side: WorkerSide, port: MessagePort): Promise<void> {
  const opened = await openDatabase();
  if (!opened.ok) return side.postMessage({ kind: 'refused', problem: opened.error });
  await IngestEngine.start({
    database: opened.value,
    feed: {
      post: (message) => port.postMessage(message),
      listen: (listener) => {
        port.addEventListener('message', (event: MessageEvent<unknown>) => listener(event.data));
        port.start();
      },
    },
    channel: openBenchChannel(),
    clock: systemClock,
    wait: waitOn(systemTimers),
  });
  side.postMessage({ kind: 'running' });
}

const side: WorkerSide = globalThis;
side.addEventListener(
  'message',
  (event) => {
    const [port] = event.ports;
    if (port === undefined) return;
    begin(side, port).catch((error: unknown) => {
      side.postMessage({ kind: 'failed', cause: error instanceof Error ? error.name : 'unknown' });
    });
  },
  { once: true },
);
