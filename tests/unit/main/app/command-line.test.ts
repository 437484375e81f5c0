import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../../../main/app/command-line';

const parse = (...args: string[]) => parseCommandLine(args, '/work/bench');
const sentence = (...args: string[]): string => {
  const parsed = parse(...args);
  return parsed.ok ? 'accepted' : parsed.error;
};

describe('the command line', () => {
  it('is plain without flags', () => {
    expect(parse()).toEqual({
      ok: true,
      value: { profileDir: null, provisionFile: null, language: null, kiosk: false, demo: false },
    });
  });

  it('takes values after a blank or an equals sign, and paths from where it was typed', () => {
    expect(parse('--profile', 'data/a', '--provision=/etc/station.yaml', '--lang=zh-CN', '--kiosk', '--demo')).toEqual({
      ok: true,
      value: {
        profileDir: '/work/bench/data/a',
        provisionFile: '/etc/station.yaml',
        language: 'zh-CN',
        kiosk: true,
        demo: true,
      },
    });
  });

  it('lets switches of Chromium and words of launchers pass', () => {
    const parsed = parse('-r', 'loader.js', '--no-sandbox', '--remote-debugging-port=0', '--user-data-dir=x', '--demo');
    expect(parsed.ok && parsed.value.demo).toBe(true);
  });

  it.each([
    [['--profile'], '--profile needs a value after it.'],
    [['--profile', '--demo'], '--profile needs a value after it.'],
    [['--provision='], '--provision needs a value after it.'],
    [['--lang', 'de'], '--lang takes zh-CN or en.'],
    [['--kiosk=1'], '--kiosk takes no value.'],
    [['--provsion', 'x'], 'There is no flag --provsion. Did you mean --provision?'],
    [['--Demo'], 'There is no flag --Demo. Did you mean --demo?'],
    [['--kiosks'], 'There is no flag --kiosks. Did you mean --kiosk?'],
  ])('refuses %j with a sentence', (args, expected) => {
    expect(sentence(...args)).toBe(expected);
  });
});
