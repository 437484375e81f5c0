/**
 * A page of dots as ZPL II. Text comes as graphics, barcodes as native commands. Source of every command: ZPL II Programming
 * Guide, chapter of the same name.
 */
import type { BitmapItem, Code128Item, DotItem, DotPage, FrameItem, QrItem } from '../../layout/dot-page';
import { encodeAcs, encodeZ64 } from './graphic-field';
import { command, fieldData, type ZplCommand } from './zpl-command';

export type ZplCompression =
  | { readonly kind: 'acs' }
  /** Only for printers whose capabilities say so. `deflate` makes a zlib stream. */
  | { readonly kind: 'z64'; readonly deflate: (bytes: Uint8Array) => Uint8Array };

export interface ZplOptions {
  readonly compression: ZplCompression;
  /** Dots by which the printer draws a QR code below its origin: the height that ^BY sets, 10 unless set. 0 for clones without that. */
  readonly qrDropDots: number;
}

export interface ZplJob {
  readonly bytes: Uint8Array;
  readonly commands: readonly ZplCommand[];
}

const at = (item: DotItem, dropDots = 0): ZplCommand => {
  const y = Math.max(0, item.yDots - dropDots);
  return command('^FO', `${item.xDots},${y}`, `${item.name}: at ${item.xDots},${y} dots`);
};

const endOfField: ZplCommand = command('^FS', '', 'end of field');

const bitmapCommands = (item: BitmapItem, compression: ZplCompression): ZplCommand[] => {
  const { bitmap, name } = item;
  const total = bitmap.bytesPerRow * bitmap.heightDots;
  const data = compression.kind === 'acs' ? encodeAcs(bitmap) : encodeZ64(bitmap.bits, compression.deflate);
  const meaning = `${name}: picture ${bitmap.widthDots}x${bitmap.heightDots} dots, ${compression.kind}`;
  return [at(item), command('^GFA', `,${total},${total},${bitmap.bytesPerRow},${data}`, meaning), endOfField];
};

/** Mode A lets the printer choose the shortest sets; the readable line is drawn by us, so it is switched off. */
const code128Commands = (item: Code128Item): ZplCommand[] => [
  at(item),
  command('^BY', `${item.moduleDots},3,${item.heightDots}`, `${item.name}: module ${item.moduleDots} dots`),
  command(
    '^BC',
    `N,${item.heightDots},N,N,N,A`,
    `${item.name}: Code 128, automatic sets, ${item.heightDots} dots high`,
  ),
  fieldData('', item.data, `${item.name}: ${item.data.length} characters`),
];

const qrCommands = (item: QrItem, options: ZplOptions): ZplCommand[] => [
  // Firmware moves a QR code down by the bar height of ^BY, so that is set too, and not left from the barcode before.
  command('^BY', `2,3,${Math.max(1, options.qrDropDots)}`, `${item.name}: bar height that ^BQ adds to its place`),
  at(item, options.qrDropDots),
  command('^BQ', `N,2,${item.moduleDots}`, `${item.name}: QR model 2, module ${item.moduleDots} dots`),
  fieldData('MA,', item.data, `${item.name}: ${item.data.length} characters, error correction M, automatic mode`),
];

const boxCommand = (name: string, widthDots: number, heightDots: number, thicknessDots: number): ZplCommand =>
  command(
    '^GB',
    `${widthDots},${heightDots},${thicknessDots}`,
    `${name}: ${widthDots}x${heightDots} dots, ${thicknessDots} thick`,
  );

const frameCommands = (item: FrameItem): ZplCommand[] => [
  at(item),
  boxCommand(item.name, item.widthDots, item.heightDots, item.thicknessDots),
  endOfField,
];

const itemCommands = (item: DotItem, options: ZplOptions): ZplCommand[] => {
  switch (item.kind) {
    case 'bitmap':
      return bitmapCommands(item, options.compression);
    case 'code128':
      return code128Commands(item);
    case 'qr':
      return qrCommands(item, options);
    case 'frame':
      return frameCommands(item);
    case 'bar': {
      const thicknessDots = Math.min(item.widthDots, item.heightDots);
      return [at(item), boxCommand(item.name, item.widthDots, item.heightDots, thicknessDots), endOfField];
    }
  }
};

/**
 * Encodes one label, one copy, tear-off. The page's width and length are always sent, because printers keep those of the last job.
 * @returns the bytes (pure ASCII) and the commands in order; the same page gives the same bytes.
 */
export const encodeZpl = (page: DotPage, options: ZplOptions): ZplJob => {
  const commands: ZplCommand[] = [
    command('^XA', '', 'label begins'),
    command('^CI28', '', 'field data is UTF-8'),
    command('^PW', String(page.widthDots), `label is ${page.widthDots} dots wide`),
    command('^LL', String(page.heightDots), `label is ${page.heightDots} dots long`),
    command('^LH', '0,0', 'origin is the top left corner'),
    command('^MMT', '', 'tear-off'),
    ...page.items.flatMap((item) => itemCommands(item, options)),
    command('^PQ', '1', 'one copy'),
    command('^XZ', '', 'label ends'),
  ];
  // Every command is ASCII, so UTF-8 is the same bytes.
  const bytes = new TextEncoder().encode(`${commands.map(({ text }) => text).join('\n')}\n`);
  return { bytes, commands };
};

/** The job in words, a line per command, safe to keep and to show: it holds no field data and no picture. */
export const zplTrace = (commands: readonly ZplCommand[]): readonly string[] =>
  commands.map(({ name, meaning, text }) => `${name.padEnd(5)} ${meaning} (${text.length} bytes)`);
