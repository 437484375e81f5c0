/** Builds a packing slip for a roll: as wide as the printer prints, as long as the order. Pure: gives a page in millimetres. */
import type { Page, PageElement, TextElement } from '../layout/page';
import type { PackingSlipDocument } from './packing-slip-document';

const GAP_MM = 1;
const QR_MM = 24;
const RULE_MM = 0.25;

type Style = Partial<Omit<TextElement, 'kind' | 'name' | 'box' | 'text'>>;

const PLAIN = {
  sizeMm: 3,
  minSizeMm: 2,
  weight: 'regular',
  align: 'left',
  verticalAlign: 'middle',
  maxLines: 1,
  lineHeight: 1.15,
  inverse: false,
} as const;

/** Collects elements from the top down. */
class Roll {
  readonly elements: PageElement[] = [];
  private yMm = GAP_MM;

  constructor(readonly widthMm: number) {}

  get lengthMm(): number {
    return this.yMm;
  }

  /** Texts side by side in one row. */
  row(
    heightMm: number,
    ...cells: readonly { name: string; xMm: number; widthMm: number; text: string; style: Style }[]
  ) {
    for (const { name, xMm, widthMm, text, style } of cells)
      this.elements.push({
        kind: 'text',
        name,
        box: { xMm, yMm: this.yMm, widthMm, heightMm },
        text,
        ...PLAIN,
        ...style,
      });
    this.yMm += heightMm;
  }

  /** One text over the whole width. */
  line(name: string, heightMm: number, text: string, style: Style = {}): void {
    this.row(heightMm, { name, xMm: 0, widthMm: this.widthMm, text, style });
  }

  rule(name: string): void {
    this.elements.push({
      kind: 'rule',
      name,
      box: { xMm: 0, yMm: this.yMm + GAP_MM / 2, widthMm: this.widthMm, heightMm: RULE_MM },
    });
    this.yMm += GAP_MM + RULE_MM;
  }

  qr(name: string, data: string): void {
    const box = { xMm: (this.widthMm - QR_MM) / 2, yMm: this.yMm, widthMm: QR_MM, heightMm: QR_MM };
    this.elements.push({ kind: 'qr', name, box, data, minModuleMm: 0.25, maxModuleMm: 0.75 });
    this.yMm += QR_MM;
  }

  space(heightMm: number): void {
    this.yMm += heightMm;
  }
}

/** Builds the slip. @param widthMm printable width of the roll: 48 on 58 mm paper, 72 on 80 mm paper. */
export const buildPackingSlipPage = (document: PackingSlipDocument, widthMm: number): Page => {
  const roll = new Roll(widthMm);
  const quantityMm = 12;
  roll.line('store', 8, document.storeName, {
    sizeMm: 5,
    minSizeMm: 2.5,
    weight: 'bold',
    align: 'center',
    maxLines: 2,
    lineHeight: 1.05,
  });
  roll.line('order-number', 5, document.orderNumber, { align: 'center', sizeMm: 3.25 });
  if (document.recipientName.trim() !== '') roll.line('recipient-name', 5, document.recipientName, { align: 'center' });
  roll.rule('rule-top');
  document.lines.forEach((line, index) => {
    const text = `${line.title}\n${line.sku}`;
    const xMm = widthMm - quantityMm;
    roll.row(
      9,
      { name: `line-${index + 1}`, xMm: 0, widthMm: xMm - 1, text, style: { maxLines: 3, verticalAlign: 'top' } },
      {
        name: `quantity-${index + 1}`,
        xMm,
        widthMm: quantityMm,
        text: `×${line.quantity}`,
        style: { sizeMm: 5, weight: 'bold', align: 'right' },
      },
    );
  });
  roll.rule('rule-bottom');
  const units = document.lines.reduce((sum, line) => sum + line.quantity, 0);
  roll.line('total', 6, `共 ${document.lines.length} 种 ${units} 件`, { sizeMm: 4, weight: 'bold', align: 'right' });
  if (document.remark.trim() !== '')
    roll.line('remark', 14, `备注：${document.remark}`, { maxLines: 4, verticalAlign: 'top' });
  roll.qr('order-code', document.orderCode);
  roll.line('printed-at', 4, document.printedAt, { sizeMm: 2.5, align: 'center' });
  roll.space(GAP_MM);
  return { widthMm, heightMm: roll.lengthMm, elements: roll.elements };
};
