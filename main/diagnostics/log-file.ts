/** A file that is written line by line and replaced by a fresh one when it is full; the last few are kept. */
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface LogFileLimits {
  readonly maxBytes: number;
  /** Older files kept beside the current one, as `name.1` (newest) … `name.N`. */
  readonly olderFiles: number;
}

export class LogFile {
  private descriptor: number | null = null;
  private bytes = 0;

  /** Opens on the first line. Nobody but the owner can read the file. */
  constructor(
    private readonly path: string,
    private readonly limits: LogFileLimits = { maxBytes: 2_000_000, olderFiles: 4 },
  ) {}

  /**
   * Appends a line at once, so that it is there also when the process dies right after. A disk that refuses is no reason
   * to stop work: the line is lost and `false` returned.
   */
  append(line: string): boolean {
    const data = Buffer.from(`${line}\n`, 'utf8');
    try {
      const file = this.open();
      writeSync(file, data);
      this.bytes += data.length;
      if (this.bytes >= this.limits.maxBytes) this.rotate();
      return true;
    } catch {
      this.close();
      return false;
    }
  }

  close(): void {
    if (this.descriptor !== null) closeSync(this.descriptor);
    this.descriptor = null;
  }

  private open(): number {
    if (this.descriptor === null) {
      mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
      this.descriptor = openSync(this.path, 'a', 0o600);
      this.bytes = fstatSync(this.descriptor).size;
    }
    return this.descriptor;
  }

  private rotate(): void {
    this.close();
    for (let number = this.limits.olderFiles - 1; number >= 1; number -= 1) {
      if (existsSync(`${this.path}.${number}`)) renameSync(`${this.path}.${number}`, `${this.path}.${number + 1}`);
    }
    renameSync(this.path, `${this.path}.1`);
  }
}
