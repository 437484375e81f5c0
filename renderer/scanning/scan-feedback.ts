/** Plays the bench's sounds and, where wanted, says a word. */
import type { BenchSound } from '../index-memory/bench-types';
import { SOUNDS, type Tone } from './sounds';

/** Loudest gain of a tone; square waves are loud. */
const FULL_GAIN = 0.4;
const ATTACK_S = 0.005;
const RELEASE_S = 0.02;
const MS = 1_000;

export interface FeedbackSettings {
  /** 0…1 */
  readonly volume: number;
  /** Says the word of a sound; null stays silent. */
  readonly wordOf: ((sound: BenchSound) => string | null) | null;
  /** BCP 47, for the voice. */
  readonly language: string;
}

export interface ScanFeedback {
  /** Plays at once; a sound that still plays is cut, because the newest scan is what matters. */
  play(sound: BenchSound): void;
  configure(settings: FeedbackSettings): void;
  /** For the status line and for tests: what was played last, and how many there were. */
  last(): { readonly sound: BenchSound | null; readonly count: number };
  /** @returns cancel. */
  subscribe(listener: () => void): () => void;
  close(): void;
}

export interface FeedbackPorts {
  /** Made at the first sound: an audio device costs start-up time. Null where there is none. */
  readonly createContext: () => AudioContext | null;
  readonly speak: (word: string, language: string, volume: number) => void;
}

export const browserFeedbackPorts: FeedbackPorts = {
  createContext: () => (typeof AudioContext === 'undefined' ? null : new AudioContext()),
  speak: (word, language, volume) => {
    if (typeof speechSynthesis === 'undefined') return;
    const said = new SpeechSynthesisUtterance(word);
    said.lang = language;
    said.volume = volume;
    speechSynthesis.cancel();
    speechSynthesis.speak(said);
  },
};

export function createScanFeedback(ports: FeedbackPorts = browserFeedbackPorts): ScanFeedback {
  let settings: FeedbackSettings = { volume: 0.8, wordOf: null, language: 'zh-CN' };
  let context: AudioContext | null = null;
  let playing: GainNode | null = null;
  let last: { readonly sound: BenchSound | null; readonly count: number } = { sound: null, count: 0 };
  const listeners = new Set<() => void>();
  return {
    play: (sound) => {
      last = { sound, count: last.count + 1 };
      context ??= ports.createContext();
      playing?.disconnect();
      playing = context === null || settings.volume === 0 ? null : playTones(context, SOUNDS[sound], settings.volume);
      const word = settings.wordOf?.(sound) ?? null;
      if (word !== null) ports.speak(word, settings.language, settings.volume);
      for (const listener of [...listeners]) listener();
    },
    configure: (changed) => {
      settings = changed;
    },
    last: () => last,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      playing?.disconnect();
      void context?.close();
      context = null;
    },
  };
}

/** @returns what all tones run through, to cut them. */
function playTones(context: AudioContext, tones: readonly Tone[], volume: number): GainNode {
  // A page that nobody touched yet starts suspended; it plays once it is allowed to.
  if (context.state === 'suspended') void context.resume();
  const out = context.createGain();
  out.gain.value = FULL_GAIN * volume;
  out.connect(context.destination);
  for (const { frequencyHz, startMs, durationMs, shape, slideToHz } of tones) {
    const start = context.currentTime + startMs / MS;
    const end = start + durationMs / MS;
    const oscillator = context.createOscillator();
    oscillator.type = shape;
    oscillator.frequency.setValueAtTime(frequencyHz, start);
    if (slideToHz !== null) oscillator.frequency.linearRampToValueAtTime(slideToHz, end);
    // Ramps instead of steps: a step is heard as a click.
    const envelope = context.createGain();
    envelope.gain.setValueAtTime(0, start);
    envelope.gain.linearRampToValueAtTime(1, start + ATTACK_S);
    envelope.gain.setValueAtTime(1, Math.max(start + ATTACK_S, end - RELEASE_S));
    envelope.gain.linearRampToValueAtTime(0, end);
    oscillator.connect(envelope).connect(out);
    oscillator.start(start);
    oscillator.stop(end);
  }
  return out;
}
