/** What the packer can ask for; each also has a key and a command barcode. */
export interface PackingActs {
  readonly undo: () => void;
  readonly park: () => void;
  readonly reopenLast: () => void;
  readonly printLabel: () => void;
  readonly answerPrint: (printed: boolean) => void;
  readonly acknowledgeStop: () => void;
}
