/** The head of a segment file: what it is, and which record it begins with. */
const MAGIC = Buffer.from('TALLYJ1\n', 'latin1');

export const SEGMENT_HEAD_BYTES = 16;

export function segmentHead(firstSeq: number): Buffer {
  const head = Buffer.alloc(SEGMENT_HEAD_BYTES);
  MAGIC.copy(head);
  head.writeBigUInt64BE(BigInt(firstSeq), MAGIC.length);
  return head;
}

/** @returns the first sequence number that a segment's head names, or null where the head is not whole. */
export function readSegmentHead(bytes: Buffer): number | null {
  if (bytes.length < SEGMENT_HEAD_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  return Number(bytes.readBigUInt64BE(MAGIC.length));
}
