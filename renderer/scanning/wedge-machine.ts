/**
 * Tells a scanner's burst of keys from a person's typing. Pure: keys with their moments in, decisions out.
 *
 * The walk: a character begins a burst; each further one joins it as long as the burst as a whole is fast enough (one late
 * key does not end it); the suffix key ends it. Long and fast enough: a scan. Else it was a person, who gets all of his
 * keys. In a text field people type, so only a scanner's pace counts there; elsewhere nobody types, and a slow scanner or
 * a busy machine is borne. On the floor: a second scan begins in the moment the first ends; the scanner fires twice; a
 * finger touched a key before the scan; an input method swallows the characters but not their positions.
 *
 * A code is passed on whole, with whatever key came before it: a touched key and a pause in the middle of a code look the
 * same, and a code that nobody knows is scanned again, while a shortened one could be another parcel's.
 */
import { decodeKey, isShift, isSuffix, type KeyPress } from './key-positions';

export interface Pace {
  /** Shorter bursts are typing. Characters, 1 or more. */
  readonly minLength: number;
  /** A burst's mean time between keys, at most. ms. */
  readonly meanGapMs: number;
  /** A single gap longer than this begins a new burst. ms. */
  readonly longestGapMs: number;
  /** Ask for the mean all along, so that a scan right behind typing begins a burst of its own; else only at the end. */
  readonly meanAllAlong: boolean;
}

export interface WedgeSettings {
  /** In a text field. People reach 80 to 100 ms, slow scanners 40. */
  readonly inField: Pace;
  /** With no text field in focus. */
  readonly free: Pace;
  /** The same code again within this time after it is the trigger bouncing. ms; 0 takes every scan. */
  readonly repeatMs: number;
}

export const WEDGE_DEFAULTS: WedgeSettings = {
  inField: { minLength: 3, meanGapMs: 55, longestGapMs: 250, meanAllAlong: true },
  // A young shop's order numbers have one digit; where no field has the focus, nobody types anything else.
  free: { minLength: 1, meanGapMs: 120, longestGapMs: 800, meanAllAlong: false },
  repeatMs: 60,
};

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
  /** When each character of `text` came. */
  private times: number[] = [];
  private pace: Pace;
  private previous: { readonly raw: string; readonly endedMs: number } | null = null;

  constructor(private readonly settings: WedgeSettings = WEDGE_DEFAULTS) {
    this.pace = settings.free;
  }

  /** @param inField whether a text field has the focus. */
  press(key: TimedKey, inField: boolean): WedgeDecision {
    // Scanners press Shift around capitals; it says nothing by itself.
    if (isShift(key)) return PASS;
    if (key.held) return this.reset();
    if (isSuffix(key)) return this.end(key);
    const char = decodeKey(key);
    if (char === null) return this.reset();
    return this.join(char, key.timeMs, inField);
  }

  private join(char: string, timeMs: number, inField: boolean): WedgeDecision {
    if (this.text !== '' && this.goesOn(timeMs)) {
      this.text += char;
      this.times.push(timeMs);
      return { kind: 'joined', length: this.text.length };
    }
    // No code begins with a blank, but people press buttons with it.
    if (char === ' ') return this.reset();
    this.text = char;
    this.times = [timeMs];
    this.pace = inField ? this.settings.inField : this.settings.free;
    return { kind: 'began' };
  }

  private end(key: TimedKey): WedgeDecision {
    const isScan = this.text.length >= this.pace.minLength && this.isFast(key.timeMs) && this.isUnbroken(key.timeMs);
    const raw = this.text;
    this.reset();
    if (!isScan) return PASS;
    const { previous } = this;
    this.previous = { raw, endedMs: key.timeMs };
    const bounced = previous !== null && previous.raw === raw && key.timeMs - previous.endedMs < this.settings.repeatMs;
    return bounced ? { kind: 'bounced', raw } : { kind: 'scanned', raw };
  }

  private goesOn(timeMs: number): boolean {
    return this.isUnbroken(timeMs) && (!this.pace.meanAllAlong || this.isFast(timeMs));
  }

  private isUnbroken(timeMs: number): boolean {
    return timeMs - (this.times.at(-1) ?? timeMs) <= this.pace.longestGapMs;
  }

  /**
   * The rule over the whole code: so many gaps since the first key, at the mean allowed. The first two gaps may be slower
   * than the mean, because two keys say little; the longest gap bounds them.
   */
  private isFast(timeMs: number): boolean {
    const gaps = this.times.length;
    const allowanceMs = gaps < 3 ? this.pace.longestGapMs : this.pace.meanGapMs * gaps;
    return timeMs - (this.times[0] ?? timeMs) <= allowanceMs;
  }

  private reset(): WedgeDecision {
    this.text = '';
    this.times = [];
    return PASS;
  }
}
