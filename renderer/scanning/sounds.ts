/**
 * What the bench sounds like. Good is one short high tone, done two rising ones; the four refusals differ in pitch,
 * rhythm and timbre, so that an ear in a loud hall keeps them apart without the eye.
 */
import type { BenchSound } from '../index-memory/bench-types';

export interface Tone {
  readonly frequencyHz: number;
  /** From the beginning of the sound. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly shape: 'sine' | 'square' | 'sawtooth' | 'triangle';
  /** Where the pitch slides to, or null. */
  readonly slideToHz: number | null;
}

const tone = (
  frequencyHz: number,
  startMs: number,
  durationMs: number,
  shape: Tone['shape'] = 'sine',
  slideToHz: number | null = null,
): Tone => ({ frequencyHz, startMs, durationMs, shape, slideToHz });

export const SOUNDS: Readonly<Record<BenchSound, readonly Tone[]>> = {
  good: [tone(1_320, 0, 70)],
  opened: [tone(660, 0, 60), tone(990, 70, 80)],
  done: [tone(784, 0, 90), tone(1_047, 100, 90), tone(1_568, 200, 180)],
  undone: [tone(990, 0, 60, 'triangle'), tone(660, 70, 80, 'triangle')],
  parked: [tone(523, 0, 120, 'triangle')],
  // Low and rough, twice: not this one.
  'not-in-this-shipment': [tone(196, 0, 140, 'sawtooth'), tone(196, 190, 140, 'sawtooth')],
  // Three even knocks: you have enough.
  'already-complete': [tone(440, 0, 60, 'square'), tone(440, 110, 60, 'square'), tone(440, 220, 60, 'square')],
  // A long falling siren: do not ship.
  stopped: [tone(880, 0, 300, 'square', 220), tone(880, 330, 300, 'square', 220)],
  // A short rising question: never heard of it.
  'unknown-code': [tone(330, 0, 180, 'triangle', 740)],
  // Two tones a semitone apart, alternating: come and look.
  trouble: [tone(466, 0, 150, 'square'), tone(494, 160, 150, 'square'), tone(466, 320, 150, 'square')],
};
