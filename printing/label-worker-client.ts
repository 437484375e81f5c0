/**
 * Main's side of the label worker: asks, waits with a time limit, and starts a new worker when one dies. A label that cannot be made
 * is a refusal, never an exception.
 */
import type { Worker } from 'node:worker_threads';
import { refuse, type Result } from '@shared/language/result';
import type { LabelRefusal, LabelRequest, MadeLabel } from './label-maker';
import type { MakeMessage, WorkerAnswer, WorkerFailure } from './raster-worker-messages';

export type LabelWorkerRefusal =
  LabelRefusal | WorkerFailure | { readonly code: 'label-worker-died' } | { readonly code: 'label-worker-late' };

export interface LabelWorkerOptions {
  /** Starts the bundled raster-worker.ts with its RasterWorkerData; called again after a worker died. */
  readonly startWorker: () => Worker;
  /** Longest wait for one label, the first one's font opening included; default 10,000. */
  readonly timeoutMs?: number;
  readonly reportFault: (fault: Error) => void;
}

export interface LabelWorkerClient {
  make(request: LabelRequest): Promise<Result<MadeLabel, LabelWorkerRefusal>>;
  /** Starts the worker ahead of the first label. */
  warmUp(): void;
  /** Ends the worker; labels under way are refused as `label-worker-died`. */
  stop(): Promise<void>;
}

type Answered = (result: Result<MadeLabel, LabelWorkerRefusal>) => void;

/** Makes a client; no thread is started before the first label or `warmUp`. */
export const createLabelWorkerClient = (options: LabelWorkerOptions): LabelWorkerClient => {
  const { startWorker, timeoutMs = 10_000, reportFault } = options;
  const waiting = new Map<number, Answered>();
  let worker: Worker | undefined;
  let requestNo = 0;

  const forget = (gone: Worker): void => {
    if (worker !== gone) return;
    worker = undefined;
    for (const answered of [...waiting.values()]) answered(refuse({ code: 'label-worker-died' }));
  };

  const running = (): Worker => {
    if (worker !== undefined) return worker;
    const started = startWorker();
    worker = started;
    started.on('message', (answer: WorkerAnswer) => {
      if (answer.kind === 'answer') waiting.get(answer.requestNo)?.(answer.result);
    });
    started.on('error', (fault) => {
      reportFault(fault);
      forget(started);
    });
    started.on('exit', () => forget(started));
    // An idle worker must not keep the program from ending.
    started.unref();
    return started;
  };

  return {
    make: async (request) =>
      new Promise((resolve) => {
        requestNo += 1;
        const message: MakeMessage = { requestNo, request };
        const timer = setTimeout(
          () => waiting.get(message.requestNo)?.(refuse({ code: 'label-worker-late' })),
          timeoutMs,
        );
        waiting.set(requestNo, (result) => {
          clearTimeout(timer);
          waiting.delete(message.requestNo);
          resolve(result);
        });
        try {
          running().postMessage(message);
        } catch (cause) {
          // A document that cannot be copied to another thread is no document.
          reportFault(cause instanceof Error ? cause : new Error(String(cause)));
          waiting.get(message.requestNo)?.(refuse({ code: 'request-invalid' }));
        }
      }),
    warmUp: () => void running(),
    stop: async () => {
      const ending = worker;
      if (ending === undefined) return;
      await ending.terminate();
      forget(ending);
    },
  };
};
