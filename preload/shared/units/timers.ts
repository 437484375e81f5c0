/** The injected alarm clock, beside `Clock`: waiting code asks it, so that tests move time by hand. */
export interface Timers {
  /** Runs `action` once after a span. @param delayMs 0 or more. @returns its cancel. */
  after(delayMs: number, action: () => void): () => void;
}
