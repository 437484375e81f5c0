import { describe, expect, it } from 'vitest';
import { gestureId } from '@shared/domain/ids';
import { listenToKeyboardWedge } from '../../../../renderer/scanning/keyboard-wedge';
import type { Scan } from '../../../../renderer/scanning/scan';
import { WEDGE_DEFAULTS, type WedgeSettings } from '../../../../renderer/scanning/wedge-machine';
import { KEYBOARD_WEDGE } from '../../../../renderer/services/ids';
import { NOON } from '../../../builders/orders';
import { FakeField, Typist } from '../../../fakes/typist';

function listen(settings: Partial<WedgeSettings> = {}) {
  const typist = new Typist();
  const scans: Scan[] = [];
  const inputMethod: boolean[] = [];
  const bounces: string[] = [];
  let gestures = 0;
  const cancel = listenToKeyboardWedge(
    {
      target: typist.window,
      activeElement: () => typist.active(),
      clock: { now: () => NOON },
      deviceId: KEYBOARD_WEDGE,
      gestureId: () => gestureId.parse(`g-${(gestures += 1)}`),
      onScan: (scan) => scans.push(scan),
      onInputMethod: (active) => inputMethod.push(active),
      onBounce: (code) => bounces.push(code),
    },
    { ...WEDGE_DEFAULTS, ...settings },
  );
  return { typist, scans, inputMethod, bounces, cancel, raws: () => scans.map((scan) => scan.raw) };
}

const EAN = '6900000000017';

describe('the keyboard wedge', () => {
  it('gives each scan a gesture, a sequence, its raw and its normalised text', () => {
    const { typist, scans } = listen();
    typist.scan('ab-12', 5);
    typist.scan(EAN, 5);
    expect(scans).toEqual([
      { gestureId: 'g-1', deviceId: 'keyboard-wedge', raw: 'ab-12', code: 'AB-12', at: NOON, sequence: 1 },
      { gestureId: 'g-2', deviceId: 'keyboard-wedge', raw: EAN, code: EAN, at: NOON, sequence: 2 },
    ]);
  });

  it('decodes digits, letters, capitals and signs from key positions', () => {
    const { typist, raws } = listen();
    typist.scan('SF-12.3/4+5$6%7:8_9 x#', 5);
    expect(raws()).toEqual(['SF-12.3/4+5$6%7:8_9 x#']);
  });

  it('reads the same on a foreign layout, whose keys carry other characters', () => {
    const { typist, raws } = listen();
    // On a French keyboard the digit row gives signs and A sits where Q is printed.
    typist.scan('QA-17', 5, { map: (press) => (press.key.length === 1 ? { ...press, key: 'é' } : press) });
    expect(raws()).toEqual(['QA-17']);
  });

  it('reads the numeric pad, Enter on it, and Tab as an end', () => {
    const { typist, raws } = listen();
    for (const digit of '12345') typist.press({ key: digit, code: `Numpad${digit}` }, 5);
    typist.press({ key: 'Enter', code: 'NumpadEnter' }, 5);
    typist.scan('ABC', 5, { suffix: 'Tab' });
    expect(raws()).toEqual(['12345', 'ABC']);
  });

  it('takes the layout’s word where the system knows no position, as over a remote desktop', () => {
    const { typist, raws } = listen();
    typist.scan('AB12', 5, { map: (press) => ({ ...press, code: '' }) });
    expect(raws()).toEqual(['AB12']);
  });

  it('keeps the separator of GS1 codes, which scanners send as Ctrl+]', () => {
    const { typist, raws } = listen();
    typist.type('01', 5);
    typist.press({ key: ']', code: 'BracketRight', control: true }, 5);
    typist.type('21A', 5);
    typist.press({ key: 'Enter', code: 'Enter' }, 5);
    expect(raws()).toEqual(['01\u001d21A']);
  });

  it('bears gaps of 40 ms, and single late keys', () => {
    const { typist, raws } = listen();
    typist.scan(EAN, 40);
    [...EAN].forEach((digit, at) => typist.press({ key: digit, code: `Digit${digit}` }, at === 6 ? 120 : 15));
    typist.press({ key: 'Enter', code: 'Enter' }, 15);
    expect(raws()).toEqual([EAN, EAN]);
  });

  it('bears a busy machine and a slow scanner where no field has the focus, but not a person’s pace in a field', () => {
    const { typist, raws } = listen();
    const slowly = (): void => {
      [...EAN].forEach((digit, at) => typist.press({ key: digit, code: `Digit${digit}` }, at === 4 ? 600 : 60));
      typist.press({ key: 'Enter', code: 'Enter' }, 60);
    };
    slowly();
    expect(raws()).toEqual([EAN]);
    typist.focused = new FakeField();
    typist.nowMs += 2_000;
    slowly();
    expect(raws()).toEqual([EAN]);
    expect(typist.focused.value).toBe(EAN);
  });

  it('never takes characters off a code, wherever a busy machine pauses in it', () => {
    for (let at = 1; at < EAN.length; at += 1) {
      for (const pauseMs of [100, 150, 300, 500, 700]) {
        const { typist, raws } = listen();
        typist.type(EAN.slice(0, at), 8);
        typist.nowMs += pauseMs;
        typist.scan(EAN.slice(at), 8);
        expect(raws(), `a pause of ${pauseMs} ms behind ${at}`).toEqual([EAN]);
      }
    }
  });

  it('gives a touched key with the scan behind it as one code, which nobody knows, rather than guess', () => {
    const { typist, raws } = listen();
    typist.type('x', 30);
    typist.nowMs += 300;
    typist.scan(EAN, 8);
    expect(raws()).toEqual([`x${EAN}`]);
  });

  it('takes a shifted sign that comes without Shift, as from software that types for a scanner', () => {
    const { typist, raws } = listen();
    typist.scan('order_01', 5, { map: (press) => ({ ...press, shift: false }) });
    expect(raws()).toEqual(['order_01']);
  });

  it('loses none of ten scans in two seconds', () => {
    const { typist, raws } = listen();
    const codes = Array.from({ length: 10 }, (_gap, at) => `69000000000${10 + at}`);
    const begin = typist.nowMs;
    for (const code of codes) typist.scan(code, 13);
    expect(typist.nowMs - begin).toBeLessThanOrEqual(2_000);
    expect(raws()).toEqual(codes);
  });

  it('takes the same code twice in a row as two pieces', () => {
    const { typist, raws } = listen();
    typist.scan(EAN, 10);
    typist.scan(EAN, 10);
    expect(raws()).toEqual([EAN, EAN]);
  });

  it('takes a bouncing trigger once, for as long as it is set to, and tells of it', () => {
    const { typist, raws, bounces } = listen({ repeatMs: 300 });
    typist.scan(EAN, 10);
    typist.scan(EAN, 10);
    typist.scan('other', 10);
    typist.scan(EAN, 10);
    expect(raws()).toEqual([EAN, 'other', EAN]);
    expect(bounces).toEqual([EAN]);
  });

  it('leaves ordinary typing alone, with and without Enter', () => {
    const { typist, scans } = listen();
    typist.focused = new FakeField();
    typist.type('order 1001', 110);
    typist.press({ key: 'Enter', code: 'Enter' }, 150);
    expect(scans).toEqual([]);
    expect(typist.focused.value).toBe('order 1001');
    expect(typist.prevented).toEqual([]);
  });

  it('leaves short and slow input and lone keys to whoever has the focus', () => {
    const { typist, scans } = listen();
    typist.press({ key: 'Enter', code: 'Enter' }, 10);
    typist.press({ key: ' ', code: 'Space' }, 500);
    typist.press({ key: ' ', code: 'Space' }, 200);
    typist.focused = new FakeField();
    typist.type('12', 30);
    typist.press({ key: 'Enter', code: 'Enter' }, 30);
    expect(scans).toEqual([]);
    expect(typist.prevented).not.toContain('Enter');
    expect(typist.prevented).not.toContain(' ');
  });

  it('takes the short order number of a young shop where no field has the focus', () => {
    const { typist, raws } = listen();
    for (const number of ['7', '31']) {
      typist.nowMs += 1000;
      typist.scan(number, 8);
    }
    expect(raws()).toEqual(['7', '31']);
  });

  it('does not take a held key for a scanner', () => {
    const { typist, scans } = listen();
    for (let at = 0; at < 20; at += 1) typist.press({ key: 'a', code: 'KeyA', repeat: at > 0 }, 30);
    typist.press({ key: 'Enter', code: 'Enter' }, 30);
    expect(scans).toEqual([]);
  });

  it('takes a scan out of the field that it typed into, and keeps its Enter from it', () => {
    const { typist, raws } = listen();
    const field = new FakeField();
    typist.focused = field;
    typist.type('so', 150);
    typist.nowMs += 400;
    typist.scan(EAN, 8);
    expect(raws()).toEqual([EAN]);
    expect(field.value).toBe('so');
    expect(field.inputs).toBe(1);
    expect(typist.prevented).toEqual(['Enter']);
    typist.type('x', 150);
    expect(field.value).toBe('sox');
  });

  it('keeps a code’s blanks and its Enter from a focused button', () => {
    const { typist } = listen();
    typist.scan('AB CD', 8);
    expect(typist.prevented).toEqual(['B', ' ', 'C', 'D', 'Enter']);
  });

  it('reads a scan through an input method, ends what that composes, and says that it is on', () => {
    const { typist, raws, inputMethod } = listen();
    const field = new FakeField();
    typist.focused = field;
    typist.scan('AB12', 8, { map: (press) => ({ ...press, key: 'Process', composing: true }) });
    expect(raws()).toEqual(['AB12']);
    expect(inputMethod).toEqual([true]);
    expect(field.blurred).toBe(1);
    // A scan right behind it may be what the input method let through.
    typist.scan('0034', 8);
    expect(inputMethod).toEqual([true]);
    typist.nowMs += 1_100;
    typist.scan('CD34', 8);
    expect(inputMethod).toEqual([true, false]);
  });

  it('notices an input method by its composition alone', () => {
    const { typist, inputMethod } = listen();
    typist.window.dispatchEvent(new Event('compositionstart'));
    typist.window.dispatchEvent(new Event('compositionstart'));
    expect(inputMethod).toEqual([true]);
  });

  it('hears nothing any more once it is cancelled', () => {
    const { typist, scans, cancel } = listen();
    cancel();
    typist.scan(EAN, 5);
    expect(scans).toEqual([]);
  });
});
