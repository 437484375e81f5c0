/** The keys of the packing screen, as they are printed on the keyboard. None of them is one that a scanner sends. */
export const PACKING_KEYS = {
  undo: 'F4',
  park: 'F5',
  reopenLast: 'F8',
  printed: 'F9',
  notPrinted: 'Shift+F9',
  printLabel: 'F10',
  acknowledgeStop: 'Esc',
} as const;
