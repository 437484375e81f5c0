import { mkdir, open, readdir, readFile, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalDisk, SegmentFile } from './journal-disk';
import { SEGMENT_HEAD_BYTES } from './segment';

const NAME = /^(\d{12})\.tlj$/;
const nameOf = (firstSeq: number): string => `${String(firstSeq).padStart(12, '0')}.tlj`;

/** Flushes a folder, so that names in it survive a power cut. Windows cannot and need not. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) return bytes.subarray(0, done);
    done += bytesRead;
  }
  return bytes;
}

const segmentFile = (file: FileHandle): SegmentFile => ({
  write: (bytes, position) => writeAll(file, bytes, position),
  flush: () => file.datasync(),
  truncate: (length) => file.truncate(length),
  read: (position, length) => readExactly(file, position, length),
  close: () => file.close(),
});

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** A journal in a folder of its own (made if missing). @throws as node:fs does. */
export async function openFolderDisk(folder: string): Promise<JournalDisk> {
  const aside = join(folder, 'aside');
  await mkdir(aside, { recursive: true, mode: 0o700 });
  const pathOf = (firstSeq: number): string => join(folder, nameOf(firstSeq));

  const freeAsideName = async (stem: string): Promise<string> => {
    for (let count = 1; ; count += 1) {
      const name = `${stem}.${count}.part`;
      if (!(await exists(join(aside, name)))) return name;
    }
  };

  const disk: JournalDisk = {
    segments: async () => {
      const names = await readdir(folder);
      return names
        .flatMap((name) => NAME.exec(name)?.[1] ?? [])
        .map(Number)
        .sort((a, b) => a - b);
    },
    readWhole: (firstSeq) => readFile(pathOf(firstSeq)),
    open: async (firstSeq) => segmentFile(await open(pathOf(firstSeq), 'r+')),
    create: async (firstSeq, head) => {
      const path = pathOf(firstSeq);
      if (await exists(path)) {
        if ((await stat(path)).size > SEGMENT_HEAD_BYTES)
          throw new Error('a journal segment with records is in the way');
        await unlink(path);
      }
      const file = await open(path, 'wx+', 0o600);
      try {
        await writeAll(file, head, 0);
        await file.datasync();
        await flushFolder(folder);
      } catch (error) {
        await file.close();
        throw error;
      }
      return segmentFile(file);
    },
    remove: async (firstSeq) => {
      await unlink(pathOf(firstSeq));
      await flushFolder(folder);
    },
    keepAside: async (firstSeq, offset, bytes) => {
      const name = await freeAsideName(`${nameOf(firstSeq)}-${offset}`);
      const file = await open(join(aside, name), 'wx', 0o600);
      try {
        await writeAll(file, bytes, 0);
        await file.datasync();
      } finally {
        await file.close();
      }
      await flushFolder(aside);
      return name;
    },
    moveAside: async (firstSeq) => {
      const name = await freeAsideName(nameOf(firstSeq));
      await rename(pathOf(firstSeq), join(aside, name));
      await flushFolder(aside);
      await flushFolder(folder);
      return name;
    },
  };
  return disk;
}
