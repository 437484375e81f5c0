/** Time for the spooler, injected so that tests can move it. */
export interface PrintClock {
  /** Milliseconds since 1970; may be the platform-corrected time. */
  now(): number;
  /** Calls back once after a span. @returns the cancel function. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The machine's own clock and timers. */
export const systemPrintClock: PrintClock = {
  now: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/**
 * Waits for a promise, but not longer than the limit. @returns `late` after the limit; the promise itself goes on and its later
 * failure is swallowed by being listened to. @throws what the promise throws within the limit.
 */
export const within = async <T>(clock: PrintClock, limitMs: number, promise: Promise<T>): Promise<T | 'late'> =>
  new Promise((resolve, reject) => {
    const cancel = clock.after(limitMs, () => resolve('late'));
    promise.then(
      (value) => {
        cancel();
        resolve(value);
      },
      (cause: unknown) => {
        cancel();
        reject(cause instanceof Error ? cause : new Error(String(cause)));
      },
    );
  });
