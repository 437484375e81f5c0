/** The program as it is shipped: built without the doors that exist for tests, packed, and started as somebody without rights. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProject } from '../../../scripts/build.mjs';
import { packageDirectory } from '../../../scripts/package-dir.mjs';
import { PROJECT_ROOT, SOURCE_AREAS } from '../../../scripts/places.mjs';

/** `nobody` and `nogroup` of Debian; tests that do not run as root run the program as themselves. */
const NOBODY = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;

const PACKED_FILES = ['package.json', 'package-lock.json', 'tsconfig.base.json', 'electron-builder.yml'];

export interface PackedProgram {
  readonly executable: string;
  /** A folder that belongs to the unprivileged user. */
  readonly home: string;
  /** Starts it as the unprivileged user, with the sandbox on. */
  start(flags: readonly string[], environment?: Readonly<Record<string, string>>): ChildProcess;
  /** Starts it, waits for its end, and ends it after the limit. */
  runToEnd(
    flags: readonly string[],
    environment?: Readonly<Record<string, string>>,
    limitMs?: number,
  ): Promise<{ readonly code: number | null; readonly said: string }>;
  remove(): void;
}

/** Builds and packs a copy of the sources, so that the build for the other tests stays what it is. About a minute. */
export async function packProgram(): Promise<PackedProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'tallyman-packed-'));
  const root = join(folder, 'project');
  mkdirSync(root);
  for (const name of [...PACKED_FILES, ...SOURCE_AREAS, 'resources', 'scripts'])
    cpSync(join(PROJECT_ROOT, name), join(root, name), { recursive: true });
  symlinkSync(join(PROJECT_ROOT, 'node_modules'), join(root, 'node_modules'), 'dir');
  await buildProject({ root, testBuild: false });
  const { executable } = await packageDirectory(join(folder, 'release'), { root });
  const home = join(folder, 'home');
  mkdirSync(home);
  if (isRoot) chownSync(home, NOBODY.uid, NOBODY.gid);
  // mkdtemp makes folders for their owner alone.
  chmodSync(folder, 0o755);
  const start: PackedProgram['start'] = (flags, environment = {}) =>
    spawn(executable, [...flags], {
      ...(isRoot ? NOBODY : {}),
      cwd: home,
      env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', HOME: home, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return {
    executable,
    home,
    start,
    runToEnd: async (flags, environment = {}, limitMs = 20_000) => {
      const child = start(flags, environment);
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
      const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
      const [code] = (await once(child, 'close')) as [number | null];
      clearTimeout(timer);
      return { code, said };
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** The lines of /proc/PID/status of every living process of this program whose command line has the given word in it. */
export function statusOfProcesses(executable: string, word: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        // Processes that Chromium forked have blanks where others have zeros.
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        if (!line.startsWith(`${executable} `) || !line.includes(` ${word} `)) return [];
        return [readFileSync(`/proc/${pid}/status`, 'utf8')];
      } catch (error) {
        // The process ended while it was looked at.
        if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return [];
        throw error;
      }
    });
}
