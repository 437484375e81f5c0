/**
 * Tells a scanner's burst of keys from a person's typing. Pure: keys with their moments in, decisions out.
 *
 * The walk: a character begins a burst; each further one joins it as long as the burst as a whole is as fast as a
 * scanner (one late key, 40 ms or more, does not end it); the suffix key ends it. Long and fast enough: a scan. Else it
 * was a person, who gets all of his keys. On the floor: a second scan begins in the moment the first ends; the scanner
 * fires twice; a person types a short number and Enter; an input method swallows the characters but not their positions.
 */
import { decodeKey, isShift, isSuffix, type KeyPress } from './key-positions';

export interface WedgeSettings {
  /** Shorter bursts are typing. Characters, 1 or more. */
  readonly minLength: number;
  /** A burst's mean time between keys, at most. ms. People reach 80 to 100, slow scanners 40. */
  readonly meanGapMs: number;
  /** A single gap longer than this begins a new burst. ms. */
  readonly longestGapMs: number;
  /** The same code again within this time after it is the trigger bouncing. ms; 0 takes every scan. */
  readonly repeatMs: number;
}

export const WEDGE_DEFAULTS: WedgeSettings = { minLength: 3, meanGapMs: 55, longestGapMs: 250, repeatMs: 60 };

export interface TimedKey extends KeyPress {
  /** `event.timeStamp`: when the key reached the browser, not when we got round to it. ms. */
  readonly timeMs: number;
  /** The key is held down and repeats. */
  readonly held: boolean;
}

export type WedgeDecision =
  /** Not ours: let it have its usual effect. */
  | { readonly kind: 'pass' }
  /** First character of what may become a scan: nobody can know yet. */
  | { readonly kind: 'began' }
  /** Goes on as fast as a scanner. */
  | { readonly kind: 'joined'; readonly length: number }
  | { readonly kind: 'scanned'; readonly raw: string }
  /** A scan that came a second time at once. */
  | { readonly kind: 'bounced'; readonly raw: string };

const PASS: WedgeDecision = { kind: 'pass' };

export class WedgeMachine {
  private text = '';
  private firstMs = 0;
  private lastMs = 0;
  private previous: { readonly raw: string; readonly endedMs: number } | null = null;

  constructor(private readonly settings: WedgeSettings = WEDGE_DEFAULTS) {}

  press(key: TimedKey): WedgeDecision {
    // Scanners press Shift around capitals; it says nothing by itself.
    if (isShift(key)) return PASS;
    if (key.held) return this.reset();
    if (isSuffix(key)) return this.end(key);
    const char = decodeKey(key);
    if (char === null) return this.reset();
    return this.join(char, key.timeMs);
  }

  /** Is a burst under way that already looks like a scanner's? */
  get isBurst(): boolean {
    return this.text.length >= 2;
  }

  private join(char: string, timeMs: number): WedgeDecision {
    const goesOn = this.text !== '' && this.isFast(timeMs, this.text.length);
    if (!goesOn) {
      this.text = char;
      this.firstMs = timeMs;
      this.lastMs = timeMs;
      return { kind: 'began' };
    }
    this.text += char;
    this.lastMs = timeMs;
    return { kind: 'joined', length: this.text.length };
  }

  private end(key: TimedKey): WedgeDecision {
    const raw = this.text;
    const isScan = raw.trim().length >= this.settings.minLength && this.isFast(key.timeMs, raw.length);
    this.reset();
    if (!isScan) return PASS;
    const { previous } = this;
    this.previous = { raw, endedMs: key.timeMs };
    const bounced = previous !== null && previous.raw === raw && key.timeMs - previous.endedMs < this.settings.repeatMs;
    return bounced ? { kind: 'bounced', raw } : { kind: 'scanned', raw };
  }

  /**
   * The rule over the whole code: so many gaps since the first key, at the mean allowed. A burst's second gap may be
   * slower than the mean, because two keys say little; the longest gap bounds it.
   */
  private isFast(timeMs: number, gaps: number): boolean {
    if (timeMs - this.lastMs > this.settings.longestGapMs) return false;
    const allowanceMs = gaps < 3 ? this.settings.longestGapMs : this.settings.meanGapMs * gaps;
    return timeMs - this.firstMs <= allowanceMs;
  }

  private reset(): WedgeDecision {
    this.text = '';
    return PASS;
  }
}
