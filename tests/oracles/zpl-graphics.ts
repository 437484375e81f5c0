/** Reads ^GFA data back by the manual's rules; shares nothing with the encoder. */
import { inflateSync } from 'node:zlib';

const LETTER = /[G-Yg-z]/;

/** Rows of upper-case hex digits from run-length compressed hex. @throws Error when a row is too long. */
export const decodeAcs = (text: string, bytesPerRow: number): string[] => {
  const digits = bytesPerRow * 2;
  const rows: string[] = [];
  let row = '';
  let count = 0;
  const endRow = (): void => {
    if (row.length !== digits) throw new Error(`a row of ${row.length} digits, not ${digits}`);
    rows.push(row);
    row = '';
  };
  for (const char of text) {
    if (LETTER.test(char)) count += char < 'Z' ? char.charCodeAt(0) - 0x46 : (char.charCodeAt(0) - 0x66) * 20;
    else if (char === ':') rows.push(rows.at(-1) ?? '0'.repeat(digits));
    else if (char === ',' || char === '!') {
      row = row.padEnd(digits, char === ',' ? '0' : 'F');
      endRow();
    } else {
      row += char.repeat(count === 0 ? 1 : count);
      count = 0;
      if (row.length >= digits) endRow();
    }
  }
  if (row !== '') throw new Error('the last row is not whole');
  return rows;
};

/** The bytes of `:B64:…:crc` or `:Z64:…:crc`; the checksum is left to the vectors. @throws Error for another form. */
export const decodeWrapped = (text: string): Uint8Array => {
  const match = /^:(B64|Z64):([A-Za-z0-9+/]+=*):([0-9a-fA-F]{4})$/.exec(text);
  if (match === null) throw new Error('not a wrapped picture');
  const bytes = Buffer.from(match[2] ?? '', 'base64');
  return Uint8Array.from(match[1] === 'Z64' ? inflateSync(bytes) : bytes);
};
