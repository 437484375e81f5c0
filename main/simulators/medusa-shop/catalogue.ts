/** What the practice shop sells. Names and codes are invented; the barcodes are valid EAN-13 of a range kept for inside use. */
export interface Article {
  readonly sku: string;
  readonly title: string;
  readonly variant: string;
  readonly barcode: string;
  /** Yuan. */
  readonly price: number;
  readonly weightGrams: number;
  /** Colours of its picture, as 0xRRGGBB: ground and figure. */
  readonly ground: number;
  readonly figure: number;
  readonly shape: 'disc' | 'box' | 'stripes' | 'ring';
}

const article = (
  sku: string,
  title: string,
  variant: string,
  digits: string,
  price: number,
  weightGrams: number,
  look: Pick<Article, 'ground' | 'figure' | 'shape'>,
): Article => ({ sku, title, variant, barcode: withCheckDigit(digits), price, weightGrams, ...look });

/** Adds the EAN-13 check digit (GS1 General Specifications, 7.9): weights 1 and 3 in turn, complement to ten. */
function withCheckDigit(twelve: string): string {
  const sum = [...twelve].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${twelve}${(10 - (sum % 10)) % 10}`;
}

export const CATALOGUE: readonly Article[] = [
  article('TEA-LJ-100', '明前龙井', '100 克罐装', '200000100001', 128, 180, {
    ground: 0xe8f0dc,
    figure: 0x5c8a3a,
    shape: 'disc',
  }),
  article('CUP-RU-01', '开片茶杯', '天青', '200000100002', 59.9, 260, {
    ground: 0xf4f1ea,
    figure: 0x8fb7b3,
    shape: 'ring',
  }),
  article('TOWEL-BM-3', '竹纤维毛巾', '三条装', '200000100003', 36.5, 330, {
    ground: 0xfdf3e7,
    figure: 0xd8a25e,
    shape: 'stripes',
  }),
  article('LAMP-DESK-W', '护眼台灯', '暖白', '200000100004', 219, 1450, {
    ground: 0x2f3640,
    figure: 0xffe2a8,
    shape: 'disc',
  }),
  article('SOCK-42-BK', '纯棉短袜', '黑色 42 码', '200000100005', 12.8, 45, {
    ground: 0xe6e6ea,
    figure: 0x23232b,
    shape: 'stripes',
  }),
  article('NOTE-A5-GR', '横线笔记本', 'A5 墨绿', '200000100006', 18, 210, {
    ground: 0xf2ece0,
    figure: 0x1f5145,
    shape: 'box',
  }),
  article('SOAP-GH-90', '桂花手工皂', '90 克', '200000100007', 26, 95, {
    ground: 0xfff4d6,
    figure: 0xe0a100,
    shape: 'box',
  }),
  article('BAG-CV-NT', '帆布购物袋', '本色', '200000100008', 29, 150, {
    ground: 0xd9d2c5,
    figure: 0xf7f3ea,
    shape: 'box',
  }),
];

/** The article of a SKU. @throws Error for one that the shop does not sell. */
export function articleOf(sku: string): Article {
  const found = CATALOGUE.find((article) => article.sku === sku);
  if (found === undefined) throw new Error(`the practice shop has no article ${sku}`);
  return found;
}
