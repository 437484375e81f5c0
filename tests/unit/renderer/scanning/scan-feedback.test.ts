import { describe, expect, it } from 'vitest';
import { createScanFeedback } from '../../../../renderer/scanning/scan-feedback';
import { SOUNDS } from '../../../../renderer/scanning/sounds';
import type { BenchSound } from '../../../../renderer/index-memory/bench-types';

const silentPorts = (said: string[]) => ({
  createContext: () => null,
  speak: (word: string, language: string) => void said.push(`${language}:${word}`),
});

describe('sounds', () => {
  const refusals: readonly BenchSound[] = ['not-in-this-shipment', 'already-complete', 'stopped', 'unknown-code'];

  it('of the four refusals differ from each other in pitch and in timbre or rhythm', () => {
    const described = refusals.map((sound) => {
      const tones = SOUNDS[sound];
      return { pitch: tones[0]?.frequencyHz, shape: tones[0]?.shape, beats: tones.length, slide: tones[0]?.slideToHz };
    });
    expect(new Set(described.map(({ pitch }) => pitch)).size).toBe(4);
    expect(new Set(described.map(({ shape, beats, slide }) => `${shape} ${beats} ${slide}`)).size).toBe(4);
  });

  it('none is like another, and all are over within a second', () => {
    const all = Object.values(SOUNDS);
    expect(new Set(all.map((tones) => JSON.stringify(tones))).size).toBe(all.length);
    for (const tones of all)
      expect(Math.max(...tones.map((tone) => tone.startMs + tone.durationMs))).toBeLessThanOrEqual(1_000);
  });
});

describe('scan feedback', () => {
  it('remembers the last sound and counts them, also where there is no audio device', () => {
    const feedback = createScanFeedback(silentPorts([]));
    expect(feedback.last()).toEqual({ sound: null, count: 0 });
    let told = 0;
    feedback.subscribe(() => (told += 1));
    feedback.play('good');
    feedback.play('good');
    feedback.play('stopped');
    expect(feedback.last()).toEqual({ sound: 'stopped', count: 3 });
    expect(told).toBe(3);
  });

  it('says the word of a sound where it has one, in the language that is set', () => {
    const said: string[] = [];
    const feedback = createScanFeedback(silentPorts(said));
    feedback.play('stopped');
    feedback.configure({ volume: 1, language: 'en', wordOf: (sound) => (sound === 'stopped' ? 'stop' : null) });
    feedback.play('stopped');
    feedback.play('good');
    expect(said).toEqual(['en:stop']);
  });
});
