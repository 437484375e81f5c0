/** A ZPL command is a record of meaning plus bytes, so that a job can be shown, compared and tested before anything is sent. */
export interface ZplCommand {
  /** The command's name: `^FO`. */
  readonly name: string;
  /** What it does, in words, without a person's data: element names and sizes only. */
  readonly meaning: string;
  /** What is sent: ASCII. */
  readonly text: string;
}

export const command = (name: string, parameters: string, meaning: string): ZplCommand => ({
  name,
  meaning,
  text: name + parameters,
});

/** Starts escapes in field data; announced by ^FH. */
const ESCAPE = '_';

/**
 * Field data that cannot become a command: `^`, `~`, `_`, control bytes and everything beyond ASCII are written as `_XX` of
 * their UTF-8 bytes (^CI28). Source: ZPL II Programming Guide, ^FH.
 */
export const fieldData = (prefix: string, data: string, meaning: string): ZplCommand => {
  let escaped = '';
  for (const byte of new TextEncoder().encode(prefix + data)) {
    const plain = byte > 0x20 && byte < 0x7f && byte !== 0x5e && byte !== 0x7e && byte !== 0x5f;
    escaped +=
      plain || byte === 0x20 ? String.fromCharCode(byte) : ESCAPE + byte.toString(16).toUpperCase().padStart(2, '0');
  }
  return { name: '^FD', meaning, text: `^FH${ESCAPE}^FD${escaped}^FS` };
};
