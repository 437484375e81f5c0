/** What a label printer tells of itself with `~HS`. Source: protocols of ZPL II, Programming Guide, command ~HS (three strings). */

import { z } from 'zod';

export interface PrinterFlags {
  readonly paperOut: boolean;
  readonly ribbonOut: boolean;
  readonly headOpen: boolean;
  readonly paused: boolean;
}

export const READY: PrinterFlags = { paperOut: false, ribbonOut: false, headOpen: false, paused: false };

/** Does the printer feed paper now? Otherwise formats wait in its buffer. */
export const canPrint = (flags: PrinterFlags): boolean =>
  !flags.paperOut && !flags.ribbonOut && !flags.headOpen && !flags.paused;

const bit = (on: boolean): string => (on ? '1' : '0');
const framed = (text: string): string => `\x02${text}\x03\r\n`;

/**
 * The answer to `~HS`. @param waiting formats in the buffer that are not printed yet, 0…999
 * @param labelLengthDots length of the last label in dots, 0…9999
 */
export function hostStatus(flags: PrinterFlags, waiting: number, labelLengthDots: number): string {
  const formats = String(Math.min(waiting, 999)).padStart(3, '0');
  const length = String(Math.min(labelLengthDots, 9999)).padStart(4, '0');
  const first = `014,${bit(flags.paperOut)},${bit(flags.paused)},${length},${formats},0,0,0,000,0,0,0`;
  const second = `000,0,${bit(flags.headOpen)},${bit(flags.ribbonOut)},1,2,4,0,00000000,1,000`;
  return framed(first) + framed(second) + framed('0000,1');
}

const flagChange = z
  .strictObject({ paperOut: z.boolean(), ribbonOut: z.boolean(), headOpen: z.boolean(), paused: z.boolean() })
  .partial();

/** Reads a change of some flags on top of the present ones. @returns null when it is not one. */
export function parseFlags(present: PrinterFlags, change: unknown): PrinterFlags | null {
  const parsed = flagChange.safeParse(change);
  if (!parsed.success) return null;
  const { data } = parsed;
  return {
    paperOut: data.paperOut ?? present.paperOut,
    ribbonOut: data.ribbonOut ?? present.ribbonOut,
    headOpen: data.headOpen ?? present.headOpen,
    paused: data.paused ?? present.paused,
  };
}
