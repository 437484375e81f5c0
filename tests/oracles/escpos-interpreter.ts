/**
 * Reads an ESC/POS stream by Epson's command reference and draws what comes out on paper. Shares nothing with the encoder; a byte
 * that it does not expect is an error, which is stricter than printers.
 */
export interface EscPosPaper {
  /** Rows of dots from the top, each a string of 0 and 1 as wide as the widest picture. */
  readonly rows: readonly string[];
  readonly cuts: number;
  readonly initialised: number;
  readonly tallestBand: number;
}

const MOST_BAND_ROWS = 4096;

/** Draws a job. @throws Error for a command that is not of the set ESC @, ESC a, ESC d, ESC J, GS v 0, GS V. */
export const interpretEscPos = (bytes: Uint8Array): EscPosPaper => {
  const rows: string[] = [];
  let [at, cuts, initialised, tallestBand, widthDots] = [0, 0, 0, 0, 0];
  const next = (): number => {
    const byte = bytes[at];
    if (byte === undefined) throw new Error(`the job ends inside a command at ${at}`);
    at += 1;
    return byte;
  };
  const picture = (): void => {
    if (next() !== 0x30 || next() !== 0) throw new Error(`not GS v 0 in normal size at ${at}`);
    const bytesPerRow = next() | (next() << 8);
    const height = next() | (next() << 8);
    if (bytesPerRow === 0 || height === 0 || height > MOST_BAND_ROWS)
      throw new Error(`a picture of ${bytesPerRow} x ${height}`);
    tallestBand = Math.max(tallestBand, height);
    widthDots = Math.max(widthDots, bytesPerRow * 8);
    for (let row = 0; row < height; row += 1)
      rows.push(Array.from({ length: bytesPerRow }, () => next().toString(2).padStart(8, '0')).join(''));
  };
  while (at < bytes.length) {
    const [lead, command] = [next(), next()];
    if (lead === 0x1b && command === 0x40) initialised += 1;
    else if (lead === 0x1b && command === 0x61) next();
    else if (lead === 0x1b && command === 0x64) rows.push(...Array.from({ length: next() * 30 }, () => ''));
    else if (lead === 0x1b && command === 0x4a) rows.push(...Array.from({ length: next() }, () => ''));
    else if (lead === 0x1d && command === 0x76) picture();
    else if (lead === 0x1d && command === 0x56) {
      if (next() > 1) throw new Error('an unknown kind of cut');
      cuts += 1;
    } else throw new Error(`an unknown command ${lead.toString(16)} ${command.toString(16)} at ${at - 2}`);
  }
  return { rows: rows.map((row) => row.padEnd(widthDots, '0')), cuts, initialised, tallestBand };
};

/** The paper as a picture for readers. */
export const bitmapOfPaper = ({ rows }: EscPosPaper) => {
  const widthDots = rows[0]?.length ?? 0;
  const bytesPerRow = widthDots / 8;
  const bits = new Uint8Array(bytesPerRow * rows.length);
  rows.forEach((row, y) => {
    for (let x = 0; x < bytesPerRow; x += 1) bits[y * bytesPerRow + x] = parseInt(row.slice(x * 8, x * 8 + 8), 2);
  });
  return { widthDots, heightDots: rows.length, bytesPerRow, bits };
};
