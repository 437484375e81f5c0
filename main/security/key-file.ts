/** The key file: 32 random bytes that only the owner can read. Chosen by an administrator where there is no keyring. */
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';

/** Reads the key. @returns null when there is no such file or it does not hold 32 bytes in hexadecimal. */
export function readKeyFile(path: string): Uint8Array | null {
  if (!existsSync(path)) return null;
  tightenMode(path);
  const text = readFileSync(path, 'utf8').trim();
  return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : null;
}

/** Writes a fresh key file of mode 0600, flushed. @throws the file system's error, also when there is one already. */
export function createKeyFile(path: string, key: Uint8Array): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, `${Buffer.from(key).toString('hex')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A file that others can read (copied, restored from a backup) is closed to them again. */
function tightenMode(path: string): void {
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
}
