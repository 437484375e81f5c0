/** Lookup table of the reflected Castagnoli polynomial 0x82F63B78. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value;
});

/**
 * CRC-32C of some bytes, as an unsigned number. Written here because Node 18 (Electron 25) has no zlib.crc32.
 * Source: RFC 3720, appendix B.4; "123456789" gives 0xE3069283.
 */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  // By index: an iterator per byte makes this several times slower, and opening a journal checks every byte of it.
  for (let at = 0; at < bytes.length; at += 1) crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}
