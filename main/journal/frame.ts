/**
 * How one record lies on disk:
 *
 *   0  4  magic "TLJ1"
 *   4  4  length of the payload in bytes, big-endian
 *   8  4  CRC-32C over bytes 12 to the end of the frame, big-endian
 *  12 32  SHA-256 of the frame before (all of its bytes); zeros for the first record ever
 *  44  n  payload: the record as JSON in UTF-8
 *
 * The checksum finds torn and rotten frames, the hash makes a frame that was taken out, added or changed break the chain (I10).
 */
import { createHash } from 'node:crypto';
import { crc32c } from './crc32c';

export const FRAME_HEAD_BYTES = 44;
/** A record with 20,000 imported numbers has some 0.6 MB; more than this is not a record of ours. */
export const MAX_PAYLOAD_BYTES = 8 * 1024 * 1024;
const MAGIC = 0x544c4a31;
const HASH_BYTES = 32;

/** The hash that the first record carries. */
export const NO_FRAME_BEFORE: Buffer = Buffer.alloc(HASH_BYTES);

export const hashFrame = (frame: Uint8Array): Buffer => createHash('sha256').update(frame).digest();

/** Frames a payload behind the frame with the given hash. @throws RangeError above MAX_PAYLOAD_BYTES. */
export function encodeFrame(payload: Uint8Array, hashBefore: Uint8Array): Buffer {
  if (payload.length > MAX_PAYLOAD_BYTES) throw new RangeError('journal record too long');
  const frame = Buffer.allocUnsafe(FRAME_HEAD_BYTES + payload.length);
  frame.writeUInt32BE(MAGIC, 0);
  frame.writeUInt32BE(payload.length, 4);
  frame.set(hashBefore, 12);
  frame.set(payload, FRAME_HEAD_BYTES);
  frame.writeUInt32BE(crc32c(frame.subarray(12)), 8);
  return frame;
}

export interface ReadFrame {
  readonly frame: Buffer;
  readonly payload: Buffer;
  readonly hashBefore: Buffer;
}

/** Reads the frame that begins at an offset. @returns null where no whole, unbroken frame begins. */
export function readFrame(bytes: Buffer, offset: number): ReadFrame | null {
  if (offset + FRAME_HEAD_BYTES > bytes.length || bytes.readUInt32BE(offset) !== MAGIC) return null;
  const payloadBytes = bytes.readUInt32BE(offset + 4);
  const end = offset + FRAME_HEAD_BYTES + payloadBytes;
  if (payloadBytes > MAX_PAYLOAD_BYTES || end > bytes.length) return null;
  const frame = bytes.subarray(offset, end);
  if (crc32c(frame.subarray(12)) !== frame.readUInt32BE(8)) return null;
  return { frame, payload: frame.subarray(FRAME_HEAD_BYTES), hashBefore: frame.subarray(12, FRAME_HEAD_BYTES) };
}

/** Does any unbroken frame begin behind an offset? Tells rot in the middle from a torn end. */
export function hasFrameBehind(bytes: Buffer, offset: number): boolean {
  const mark = Buffer.from('TLJ1', 'latin1');
  for (let at = bytes.indexOf(mark, offset); at >= 0; at = bytes.indexOf(mark, at + 1)) {
    if (readFrame(bytes, at) !== null) return true;
  }
  return false;
}
