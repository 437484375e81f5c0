/** What a packer hears: the tones that really reach the audio device, told apart by their pitches. */
import type { Page } from 'playwright';
import { SOUNDS } from '../../../renderer/scanning/sounds';

type SoundName = keyof typeof SOUNDS;
interface HearingWindow {
  heardTones?: number[][];
}

/** Begins to listen; sounds before it are not heard. */
export const listen = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const heard: number[][] = [];
    (globalThis as HearingWindow).heardTones = heard;
    let sound: number[] | null = null;
    const create = Reflect.get(AudioContext.prototype, 'createOscillator');
    AudioContext.prototype.createOscillator = function (this: AudioContext): OscillatorNode {
      const oscillator = create.call(this);
      // All tones of one sound are made in one go.
      if (sound === null) {
        const begun: number[] = [];
        sound = begun;
        heard.push(begun);
        queueMicrotask(() => (sound = null));
      }
      const tones = sound;
      const { frequency } = oscillator;
      const set = frequency.setValueAtTime.bind(frequency);
      frequency.setValueAtTime = (pitchHz, at) => {
        tones.push(pitchHz);
        return set(pitchHz, at);
      };
      return oscillator;
    };
  });

/** The sounds heard since `listen`, oldest first, by their names in the program's table; `?` for one that is not in it. */
export async function heardSounds(page: Page): Promise<readonly string[]> {
  const heard = await page.evaluate(() => (globalThis as HearingWindow).heardTones ?? []);
  return heard.map((tones) => nameOf(tones) ?? '?');
}

function nameOf(pitches: readonly number[]): SoundName | undefined {
  const names = Object.keys(SOUNDS) as SoundName[];
  return names.find((name) => SOUNDS[name].map(({ frequencyHz }) => frequencyHz).join() === pitches.join());
}
