/**
 * Cuts what arrives on the wire into formats (`^XA … ^XZ`) and immediate commands (`~HS`). Works on bytes, because graphic
 * data may be binary; latin1 keeps every byte as one character.
 */

export type ZplPiece =
  | { readonly kind: 'format'; readonly bytes: Buffer }
  | { readonly kind: 'status' }
  | { readonly kind: 'identity' }
  | { readonly kind: 'cancel-all' };

/** A single format may not be longer; a real printer's memory ends there, too. */
const LONGEST_FORMAT_BYTES = 16_000_000;

const IMMEDIATE: Readonly<Record<string, ZplPiece['kind']>> = {
  '~HS': 'status',
  '~HI': 'identity',
  '~JA': 'cancel-all',
};

export class ZplStream {
  private rest = '';

  /** True while a format has begun and its end has not arrived. */
  hasPartialFormat(): boolean {
    return this.rest.startsWith('^XA');
  }

  /** Takes the next bytes. @returns what is complete now, in order. */
  push(chunk: Uint8Array): ZplPiece[] {
    this.rest += Buffer.from(chunk).toString('latin1');
    const pieces: ZplPiece[] = [];
    for (let piece = this.next(); piece !== null; piece = this.next()) pieces.push(piece);
    if (this.rest.length > LONGEST_FORMAT_BYTES) this.rest = '';
    return pieces;
  }

  private next(): ZplPiece | null {
    const start = this.rest.search(/\^XA|~HS|~HI|~JA/);
    if (start < 0) {
      // The last characters may be the beginning of a command.
      this.rest = this.rest.slice(-2);
      return null;
    }
    const command = this.rest.slice(start, start + 3);
    const kind = IMMEDIATE[command];
    if (kind !== undefined && kind !== 'format') {
      this.rest = this.rest.slice(start + 3);
      return { kind };
    }
    this.rest = this.rest.slice(start);
    return this.takeFormat();
  }

  private takeFormat(): ZplPiece | null {
    const end = this.rest.indexOf('^XZ');
    if (end < 0) return null;
    const bytes = Buffer.from(this.rest.slice(0, end + 3), 'latin1');
    this.rest = this.rest.slice(end + 3);
    return { kind: 'format', bytes };
  }
}

/** Width and length in dots that a format sets (`^PW`, `^LL`), or null where it does not. */
export function labelSizeDots(format: string): {
  readonly widthDots: number | null;
  readonly lengthDots: number | null;
} {
  const read = (command: string): number | null => {
    const found = new RegExp(`\\^${command}(\\d{1,5})`).exec(format)?.[1];
    return found === undefined ? null : Number(found);
  };
  return { widthDots: read('PW'), lengthDots: read('LL') };
}
