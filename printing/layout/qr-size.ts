/**
 * How many modules a QR code (model 2, error correction M) will have: needed to place it before the printer draws it.
 * ISO/IEC 18004 table 7: data bytes at level M per version, and the bit lengths of the segment headers.
 */
import { ok, refuse, type Result } from '@shared/language/result';

const DATA_BYTES_M = [
  16, 28, 44, 64, 86, 108, 124, 154, 182, 216, 254, 290, 334, 365, 415, 453, 507, 563, 627, 669, 714, 782, 860, 914,
  1000, 1062, 1128, 1193, 1267, 1373, 1455, 1541, 1631, 1725, 1812, 1914, 1992, 2102, 2216, 2334,
];
const ALPHANUMERIC = /^[0-9A-Z $%*+./:-]*$/;

export type QrRefusal = { readonly code: 'qr-empty' } | { readonly code: 'qr-too-long'; readonly bytes: number };

/** Blank modules that a reader needs on each side. ISO/IEC 18004, 6.3.8. */
export const QR_QUIET_MODULES = 4;

type QrMode = 'numeric' | 'alphanumeric' | 'byte';

const modeOf = (data: string): QrMode => {
  if (/^\d*$/.test(data)) return 'numeric';
  return ALPHANUMERIC.test(data) ? 'alphanumeric' : 'byte';
};

const countBits = (mode: QrMode, version: number): number => {
  const step = version < 10 ? 0 : version < 27 ? 1 : 2;
  const bits = { numeric: [10, 12, 14], alphanumeric: [9, 11, 13], byte: [8, 16, 16] }[mode];
  return bits[step] ?? 16;
};

const payloadBits = (mode: QrMode, length: number): number => {
  if (mode === 'numeric') return Math.floor(length / 3) * 10 + ([0, 4, 7][length % 3] ?? 0);
  if (mode === 'alphanumeric') return Math.floor(length / 2) * 11 + (length % 2) * 6;
  return length * 8;
};

/**
 * Modules per side of the smallest symbol that holds the data as one segment, 21…177. A printer may mix segments and
 * need a version less, never more.
 */
export const qrModules = (data: string): Result<number, QrRefusal> => {
  if (data.length === 0) return refuse({ code: 'qr-empty' });
  const mode = modeOf(data);
  const length = mode === 'byte' ? new TextEncoder().encode(data).length : data.length;
  const bits = payloadBits(mode, length);
  const index = DATA_BYTES_M.findIndex((bytes, at) => 4 + countBits(mode, at + 1) + bits <= bytes * 8);
  return index < 0 ? refuse({ code: 'qr-too-long', bytes: length }) : ok(21 + index * 4);
};
