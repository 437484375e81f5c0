/** Which reading of every order stands, in memory: columns instead of an object per order. */
import type { OrderKey } from '@shared/domain/ids';
import type { Instant } from '@shared/units/instant';
import type { OrderSource } from '../data/rows';

const grown = <T extends Float64Array | Uint32Array>(column: T, make: (length: number) => T): T => {
  const larger = make(Math.max(1_024, column.length * 2));
  larger.set(column);
  return larger;
};

export class SourceTable {
  private readonly positions = new Map<OrderKey, number>();
  private updatedAt = new Float64Array(0);
  private revision = new Float64Array(0);
  private readAt = new Float64Array(0);
  /** Digests as two halves of 32 bits. */
  private high = new Uint32Array(0);
  private low = new Uint32Array(0);

  get size(): number {
    return this.positions.size;
  }

  get(key: OrderKey): OrderSource | undefined {
    const at = this.positions.get(key);
    if (at === undefined) return undefined;
    const half = (value: number): string => value.toString(16).padStart(8, '0');
    return {
      version: { updatedAt: (this.updatedAt[at] ?? 0) as Instant, revision: this.revision[at] ?? 0 },
      readAt: (this.readAt[at] ?? 0) as Instant,
      fingerprint: half(this.high[at] ?? 0) + half(this.low[at] ?? 0),
    };
  }

  set(key: OrderKey, source: OrderSource): void {
    const at = this.positions.get(key) ?? this.append(key);
    this.updatedAt[at] = source.version.updatedAt;
    this.revision[at] = source.version.revision;
    this.readAt[at] = source.readAt;
    this.high[at] = Number.parseInt(source.fingerprint.slice(0, 8), 16);
    this.low[at] = Number.parseInt(source.fingerprint.slice(8), 16);
  }

  private append(key: OrderKey): number {
    const at = this.positions.size;
    this.positions.set(key, at);
    if (at >= this.updatedAt.length) {
      const floats = (length: number): Float64Array<ArrayBuffer> => new Float64Array(length);
      const words = (length: number): Uint32Array<ArrayBuffer> => new Uint32Array(length);
      this.updatedAt = grown(this.updatedAt, floats);
      this.revision = grown(this.revision, floats);
      this.readAt = grown(this.readAt, floats);
      this.high = grown(this.high, words);
      this.low = grown(this.low, words);
    }
    return at;
  }
}
