/** The keys that the signed-in role may use in this window (I9): fetched at sign-in, gone at sign-out. */
import type { StationApi } from '@shared/contract/station';
import { importFieldKeys, type FieldKeyRing } from '../data/field-keys';

export class SessionKeys {
  private current: FieldKeyRing | null = null;
  /** Rises with each change of person, so that keys that arrive late for somebody else are dropped. */
  private turn = 0;
  private cancel: (() => void) | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly session: Pick<StationApi['session'], 'fieldKeys' | 'on'>) {}

  /** Fetches the keys of whoever is signed in now, and follows changes. */
  async start(): Promise<void> {
    this.cancel = this.session.on.changed(({ person }) => {
      if (person === null) this.put(null);
      else void this.fetch();
    });
    await this.fetch();
  }

  stop(): void {
    this.cancel?.();
    this.put(null);
  }

  ring(): FieldKeyRing | null {
    return this.current;
  }

  /** @returns cancel. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async fetch(): Promise<void> {
    this.put(null);
    const { turn } = this;
    const reply = await this.session.fieldKeys(null);
    if (!reply.ok) return;
    const ring = await importFieldKeys(reply.value, 'open');
    if (turn === this.turn) this.put(ring);
  }

  private put(ring: FieldKeyRing | null): void {
    this.turn += 1;
    this.current = ring;
    for (const listener of [...this.listeners]) listener();
  }
}
