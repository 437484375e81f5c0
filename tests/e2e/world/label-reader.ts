/** Labels as they came out of the printer port, drawn by a foreign renderer and read by two foreign readers. */
import { inspectZpl, textsOf } from '../../oracles/label-oracle';

export interface ReadLabel {
  /** As both readers saw it; null where they disagree or saw none. */
  readonly waybillNo: string | null;
  readonly orderCode: string | null;
  readonly png: Buffer;
}

const LABEL = { widthMm: 76, heightMm: 130, dotsPerMm: 8 };

/** Reads one label of 76 × 130 mm. */
export async function readLabel(zpl: Uint8Array): Promise<ReadLabel> {
  const drawn = await inspectZpl(zpl, LABEL);
  const [label] = drawn;
  if (label === undefined || drawn.length !== 1) throw new Error(`one label was expected, ${drawn.length} were drawn`);
  const agreed = (symbology: string): string | null => {
    const [zxing, zbar] = [textsOf(label.codes, 'zxing', symbology), textsOf(label.codes, 'zbar', symbology)];
    const [text] = zxing;
    return zxing.length === 1 && zbar.length === 1 && zbar[0] === text ? (text ?? null) : null;
  };
  return { waybillNo: agreed('Code128'), orderCode: agreed('QRCode'), png: label.png };
}
