import { setTimeout as pause } from 'node:timers/promises';

export interface Waiting<T> {
  /** For the error: what was waited for. */
  readonly what: string;
  readonly read: () => Promise<T>;
  readonly isRight: (value: T) => boolean;
  readonly timeoutMs?: number;
  readonly pauseMs?: number;
}

/** Looks again and again until what is seen is right. Needs no test runner, so that the benchmarks use it too. @throws with what was seen last. */
export async function waitUntil<T>({ what, read, isRight, timeoutMs = 20_000, pauseMs = 50 }: Waiting<T>): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const seen = await read();
    if (isRight(seen)) return seen;
    if (Date.now() > deadline)
      throw new Error(`waited ${timeoutMs} ms in vain for ${what}; last: ${JSON.stringify(seen)}`);
    await pause(pauseMs);
  }
}
