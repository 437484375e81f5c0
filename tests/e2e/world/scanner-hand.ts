/** A scanner that types: key by key in US positions, down and up, then Enter, at whatever has the focus (nothing, as a rule). */
import type { Page } from 'playwright';

const SHIFTED = new Map([...'!@#$%^&*()'].map((char, index) => [char, `Digit${(index + 1) % 10}`] as const));
const PLAIN = new Map([
  ['-', 'Minus'],
  ['=', 'Equal'],
  ['/', 'Slash'],
  ['.', 'Period'],
  [' ', 'Space'],
]);
const WITH_SHIFT = new Map([
  ['_', 'Minus'],
  ['+', 'Equal'],
  [':', 'Semicolon'],
]);

/** The key position of a character on a US keyboard, and whether Shift is held. @throws Error for one that no test needs. */
export function keyPositionOf(char: string): { readonly code: string; readonly shift: boolean } {
  if (/^[a-z]$/.test(char)) return { code: `Key${char.toUpperCase()}`, shift: false };
  if (/^[A-Z]$/.test(char)) return { code: `Key${char}`, shift: true };
  if (/^\d$/.test(char)) return { code: `Digit${char}`, shift: false };
  const plain = PLAIN.get(char);
  if (plain !== undefined) return { code: plain, shift: false };
  const shifted = WITH_SHIFT.get(char) ?? SHIFTED.get(char);
  if (shifted === undefined) throw new Error(`this scanner cannot type ${JSON.stringify(char)}`);
  return { code: shifted, shift: true };
}

/** @param gapMs pause between two keys; 0: as fast as the keys go. */
export async function typeScan(page: Page, text: string, gapMs = 0): Promise<void> {
  for (const char of text) {
    const { code, shift } = keyPositionOf(char);
    if (shift) await page.keyboard.down('Shift');
    await page.keyboard.press(code);
    if (shift) await page.keyboard.up('Shift');
    if (gapMs > 0) await new Promise((resolve) => setTimeout(resolve, gapMs));
  }
  await page.keyboard.press('Enter');
}
