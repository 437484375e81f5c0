/** A scanner that types: key by key in US positions, down and up, then Enter, at whatever has the focus (nothing, as a rule). */
import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright';

const SHIFTED_DIGITS = ')!@#$%^&*(';
const SIGNS = new Map([
  ['-', 'Minus'],
  ['=', 'Equal'],
  ['/', 'Slash'],
  ['.', 'Period'],
  [' ', 'Space'],
]);
const SHIFTED_SIGNS = new Map([
  ['_', 'Minus'],
  ['+', 'Equal'],
  [':', 'Semicolon'],
]);

/** The key position of a character on a US keyboard, and whether Shift is held. @throws Error for one that no test needs. */
export function keyPositionOf(char: string): { readonly code: string; readonly shift: boolean } {
  if (/^[a-z]$/.test(char)) return { code: `Key${char.toUpperCase()}`, shift: false };
  if (/^[A-Z]$/.test(char)) return { code: `Key${char}`, shift: true };
  if (/^\d$/.test(char)) return { code: `Digit${char}`, shift: false };
  const plain = SIGNS.get(char);
  if (plain !== undefined) return { code: plain, shift: false };
  const digit = SHIFTED_DIGITS.indexOf(char);
  const shifted = digit >= 0 ? `Digit${digit}` : SHIFTED_SIGNS.get(char);
  if (shifted === undefined) throw new Error(`this scanner cannot type ${JSON.stringify(char)}`);
  return { code: shifted, shift: true };
}

/** Windows' numbers for the keys that are not letters or digits (virtual-key codes), which browsers report as keyCode. */
const KEY_CODES = new Map([
  ['Enter', 13],
  ['ShiftLeft', 16],
  ['Space', 32],
  ['Semicolon', 186],
  ['Equal', 187],
  ['Minus', 189],
  ['Period', 190],
  ['Slash', 191],
]);
const SHIFT_HELD = 8;

interface Key {
  readonly code: string;
  readonly key: string;
  readonly shift: boolean;
  readonly text?: string;
}

const SHIFT: Key = { code: 'ShiftLeft', key: 'Shift', shift: true };
const ENTER: Key = { code: 'Enter', key: 'Enter', shift: false, text: '\r' };

const sessions = new WeakMap<Page, Promise<CDPSession>>();
/** One channel to the page's input for all scans. */
function inputOf(page: Page): Promise<CDPSession> {
  const known = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, known);
  return known;
}

/** No hand scans two pieces faster; the same code at once again is a trigger that bounces, which the program ignores. */
const HAND_MS = 120;
const lastScanMs = new WeakMap<Page, number>();

/**
 * One scan. The keys go to the browser in one row without waiting for each other, as a scanner sends them: on a busy machine a
 * driver that waits for every key is slower than a person.
 * @param gapMs pause between two keys
 */
export async function typeScan(page: Page, text: string, gapMs = 0): Promise<void> {
  const input = await inputOf(page);
  await pause(Math.max(0, (lastScanMs.get(page) ?? 0) + HAND_MS - performance.now()));
  const sent: Promise<unknown>[] = [];
  const send = (type: 'keyDown' | 'keyUp', { code, key, shift, text: typed }: Key): void => {
    const letter = /^(?:Key|Digit)(.)$/.exec(code)?.[1];
    const windowsVirtualKeyCode = letter === undefined ? (KEY_CODES.get(code) ?? 0) : letter.charCodeAt(0);
    const modifiers = shift ? SHIFT_HELD : 0;
    const isTyped = type === 'keyDown' && typed !== undefined;
    sent.push(
      input.send('Input.dispatchKeyEvent', {
        type,
        code,
        key,
        windowsVirtualKeyCode,
        modifiers,
        ...(isTyped ? { text: typed } : {}),
      }),
    );
  };
  for (const char of text) {
    const { code, shift } = keyPositionOf(char);
    if (shift) send('keyDown', SHIFT);
    send('keyDown', { code, key: char, shift, text: char });
    send('keyUp', { code, key: char, shift });
    if (shift) send('keyUp', { ...SHIFT, shift: false });
    if (gapMs > 0) await pause(gapMs);
  }
  send('keyDown', ENTER);
  send('keyUp', ENTER);
  await Promise.all(sent);
  lastScanMs.set(page, performance.now());
}
