/**
 * A receipt job for ESC/POS printers, framed by node-thermal-printer, which is used only to make bytes: what it would send itself
 * goes through our spooler. Text and codes come as a picture, so that no code page and no firmware can change them.
 */
import { PrinterTypes, ThermalPrinter } from 'node-thermal-printer';
import { encodeRasterBands, type EscPosCommand } from './encoders/escpos/raster-bands';
import type { Bitmap } from './layout/dot-page';

export interface ReceiptJob {
  readonly bytes: Uint8Array;
  readonly commands: readonly EscPosCommand[];
}

/** Bytes that the printer object gained by a call. */
const gained = (printer: ThermalPrinter, meaning: string, call: () => void): EscPosCommand => {
  printer.clear();
  call();
  return { meaning, bytes: Uint8Array.from(printer.getBuffer()) };
};

/** Frames a picture: initialise, align left, picture, feed to the knife, partial cut. Same picture, same bytes. */
export const makeReceiptJob = (bitmap: Bitmap): ReceiptJob => {
  // No interface: nothing of this object ever opens a connection.
  const printer = new ThermalPrinter({ type: PrinterTypes.EPSON, interface: '' });
  const commands: readonly EscPosCommand[] = [
    { meaning: 'initialise', bytes: Uint8Array.from([0x1b, 0x40]) },
    gained(printer, 'align left', () => printer.alignLeft()),
    ...encodeRasterBands(bitmap),
    { meaning: 'feed 4 lines to the knife', bytes: Uint8Array.from([0x1b, 0x64, 4]) },
    gained(printer, 'partial cut', () => printer.partialCut({ verticalTabAmount: 0 })),
  ];
  const bytes = new Uint8Array(commands.reduce((sum, command) => sum + command.bytes.length, 0));
  let at = 0;
  for (const command of commands) {
    bytes.set(command.bytes, at);
    at += command.bytes.length;
  }
  return { bytes, commands };
};

/** The job in words, a line per command. */
export const receiptTrace = (commands: readonly EscPosCommand[]): readonly string[] =>
  commands.map(({ meaning, bytes }) => `${meaning} (${bytes.length} bytes)`);
