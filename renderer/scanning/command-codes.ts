/** Command barcodes: every action of a shift without mouse or keyboard. The printable sheet is made from this list. */

/** What the codes below begin with; no shop's numbers do. */
export const COMMAND_PREFIX = 'TM-';

export const COMMANDS = [
  'undo', // take back the last count
  'reopen', // open the last closed parcel again
  'park', // put a half-packed parcel aside
  'print', // print the label now, or again where that is safe
  'print-yes', // the printer did print it
  'print-no', // the printer did not print it
  'next', // leave a finished or untouched parcel
  'sign-out',
  'help',
] as const;
export type Command = (typeof COMMANDS)[number];

const CODE_OF: Readonly<Record<Command, string>> = {
  undo: 'TM-UNDO',
  reopen: 'TM-REOPEN',
  park: 'TM-PARK',
  print: 'TM-PRINT',
  'print-yes': 'TM-YES',
  'print-no': 'TM-NO',
  next: 'TM-NEXT',
  'sign-out': 'TM-SIGNOUT',
  help: 'TM-HELP',
};

const COMMAND_OF: ReadonlyMap<string, Command> = new Map(COMMANDS.map((command) => [CODE_OF[command], command]));

/** The text of a command's barcode (Code 128). */
export const codeOfCommand = (command: Command): string => CODE_OF[command];

/** @param code normalised. @returns undefined for anything that is no command of this program. */
export const findCommand = (code: string): Command | undefined => COMMAND_OF.get(code);
