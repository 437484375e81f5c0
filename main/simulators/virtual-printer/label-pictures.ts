/** Draws a ZPL format as a picture. The renderer is 9 MB of WebAssembly, so it is loaded with the first label. */
import { webcrypto } from 'node:crypto';
import { labelSizeDots } from './zpl-stream';

/** 76 × 130 mm, for formats that name no size. */
const USUAL_SIZE_MM = { width: 76, length: 130 };

/**
 * Renders a format to PNG. @param dotsPerMm 8 for 203 dpi, 12 for 300 dpi
 * @returns null for a format that draws nothing (settings only) or cannot be drawn
 */
export async function drawLabel(format: Uint8Array, dotsPerMm: number): Promise<Buffer | null> {
  // UTF-8, because our formats say ^CI28; the wire itself was cut byte by byte.
  const text = Buffer.from(format).toString('utf8');
  if (!/\^(FD|GF|GB|XG)/.test(text)) return null;
  const { widthDots, lengthDots } = labelSizeDots(text);
  const widthMm = widthDots === null ? USUAL_SIZE_MM.width : widthDots / dotsPerMm;
  const lengthMm = lengthDots === null ? USUAL_SIZE_MM.length : lengthDots / dotsPerMm;
  provideWebCrypto();
  const { ready } = await import('zpl-renderer-js');
  const { api } = await ready;
  try {
    return Buffer.from(await api.zplToBase64Async(text, widthMm, lengthMm, dotsPerMm), 'base64');
  } catch {
    // A printer prints what it can and says nothing; the list shows the label without a picture.
    return null;
  }
}

/** The renderer's Go runtime wants the global that Node has from version 19 on; Electron 25 has Node 18. */
function provideWebCrypto(): void {
  if (!('crypto' in globalThis)) Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true });
}
