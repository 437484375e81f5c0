/** What the journal needs of a disk. Real in `folder-journal-disk.ts`; tests wrap that one to let writes fail. */

export interface SegmentFile {
  /** Writes all bytes at a position. @throws as node:fs does (ENOSPC, EIO …). */
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** Returns when everything written is on the device. */
  flush(): Promise<void>;
  truncate(length: number): Promise<void>;
  read(position: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Segments are named by the sequence number of their first record. */
export interface JournalDisk {
  /** First sequence numbers of all segments, rising. */
  segments(): Promise<readonly number[]>;
  readWhole(firstSeq: number): Promise<Buffer>;
  open(firstSeq: number): Promise<SegmentFile>;
  /** Makes an empty segment and flushes its name. Replaces one that holds no record; @throws when it holds any. */
  create(firstSeq: number, head: Uint8Array): Promise<SegmentFile>;
  /** Removes a segment that holds no record. */
  remove(firstSeq: number): Promise<void>;
  /** Keeps bytes in the folder `aside` under a new name, flushed. @returns the name. */
  keepAside(firstSeq: number, offset: number, bytes: Uint8Array): Promise<string>;
  /** Moves a whole segment into the folder `aside`. @returns its name there. */
  moveAside(firstSeq: number): Promise<string>;
}
