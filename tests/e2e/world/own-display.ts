/** A screen of a test's own with a window manager, and hands at it that the program cannot tell from real ones: X key events. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { keyPositionOf } from './scanner-hand';

export interface OwnDisplay {
  /** What a program needs in its environment to appear here. */
  readonly environment: Readonly<Record<string, string>>;
  /** Runs a program on this display to its end. @returns its output. @throws Error when it fails. */
  run(program: string, args: readonly string[]): Promise<string>;
  /** Runs a program beside everything else until the display goes. */
  keep(program: string, args: readonly string[]): ChildProcess;
  stop(): Promise<void>;
}

/** @param environment more variables for everything on the display, such as a bus's address. */
export async function openDisplay(environment: Readonly<Record<string, string>> = {}): Promise<OwnDisplay> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-ac', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [line] = (await once(createInterface({ input: server.stdio[3] as Readable }), 'line')) as [string];
  const own = { ...environment, DISPLAY: `:${line.trim()}` };
  const kept: ChildProcess[] = [];
  const keep = (program: string, args: readonly string[]): ChildProcess => {
    const child = spawn(program, [...args], { env: { ...process.env, ...own }, stdio: 'ignore' });
    kept.push(child);
    return child;
  };
  keep('openbox', []);
  return {
    environment: own,
    run: (program, args) => runOn(own, program, args),
    keep,
    stop: async () => {
      for (const child of [...kept, server]) await end(child);
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

async function runOn(own: Readonly<Record<string, string>>, program: string, args: readonly string[]): Promise<string> {
  const child = spawn(program, [...args], { env: { ...process.env, ...own }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let complained = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString('utf8')));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${complained.trim()}`);
  return said.trim();
}

/** Gives the station's window the keyboard, as a click on it does. The window manager may still be starting. */
export async function activateWindow(display: OwnDisplay, name: string, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      const found = await display.run('xdotool', ['search', '--onlyvisible', '--name', name]);
      const [id = ''] = found.split('\n');
      await display.run('xdotool', ['windowactivate', '--sync', id]);
      if ((await display.run('xdotool', ['getwindowfocus'])) === id) return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await pause(100);
  }
}

/** X key codes of a PC keyboard's positions (evdev codes plus 8). */
const X_CODES = new Map<string, number>([
  ...[...'1234567890'].map((char, index) => [`Digit${char}`, 10 + index] as const),
  ['Minus', 20],
  ['Equal', 21],
  ...[...'QWERTYUIOP'].map((char, index) => [`Key${char}`, 24 + index] as const),
  ...[...'ASDFGHJKL'].map((char, index) => [`Key${char}`, 38 + index] as const),
  ['Semicolon', 47],
  ...[...'ZXCVBNM'].map((char, index) => [`Key${char}`, 52 + index] as const),
  ['Period', 60],
  ['Slash', 61],
  ['Space', 65],
]);
const RETURN = '36';
const SHIFT = '50';

/** The words of one xdotool command that types codes as a scanner does: by position, whatever layout is on, each with Enter behind it. */
export function scanWords(
  codes: readonly string[],
  pace: { readonly gapMs: number; readonly betweenMs: number },
): string[] {
  const gap = pace.gapMs > 0 ? ['sleep', String(pace.gapMs / 1000)] : [];
  const press = (key: string): string[] => ['key', '--delay', '0', key, ...gap];
  return codes.flatMap((code, index) => [
    ...(index > 0 && pace.betweenMs > 0 ? ['sleep', String(pace.betweenMs / 1000)] : []),
    ...[...code].flatMap((char) => {
      const position = keyPositionOf(char);
      const key = String(X_CODES.get(position.code) ?? '');
      return position.shift
        ? ['keydown', '--delay', '0', SHIFT, ...press(key), 'keyup', '--delay', '0', SHIFT]
        : press(key);
    }),
    ...press(RETURN),
  ]);
}

/** Scans codes at the window that has the keyboard. */
export async function scanByKeys(
  display: OwnDisplay,
  codes: readonly string[],
  pace = { gapMs: 0, betweenMs: 100 },
): Promise<void> {
  await display.run('xdotool', scanWords(codes, pace));
}
