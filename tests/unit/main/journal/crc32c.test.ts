import { describe, expect, it } from 'vitest';
import { crc32c } from '../../../../main/journal/crc32c';

describe('CRC-32C', () => {
  // RFC 3720, appendix B.4, and the usual check value.
  it.each([
    [Buffer.from('123456789'), 0xe3069283],
    [Buffer.alloc(32), 0x8a9136aa],
    [Buffer.alloc(32, 0xff), 0x62a8ab43],
    [Buffer.from(Array.from({ length: 32 }, (_, at) => at)), 0x46dd794e],
    [Buffer.from(Array.from({ length: 32 }, (_, at) => 31 - at)), 0x113fdb5c],
    [Buffer.alloc(0), 0],
  ])('of the published vectors is right', (bytes, sum) => {
    expect(crc32c(bytes)).toBe(sum);
  });
});
