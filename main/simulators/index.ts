/**
 * The practice warehouse's outside world: simulated shops (and whatever else is registered) as real servers on this machine, with one
 * control endpoint. Runs under plain Node (`npm run sim`) and as an Electron utility process; prints ONE JSON line when all is up, posts
 * the same to a parent port if there is one, and ends when its parent goes.
 *
 * Flags: `--demo` (sample orders, and new ones coming), `--state DIR` (state survives a restart there), `--shops N` (1 to 8).
 */
import { fstatSync } from 'node:fs';
import { startControlServer } from './control/control-server';
import { startMedusaShop } from './medusa-shop/medusa-shop';
import { startVirtualPrinterSimulator } from './virtual-printer/simulator';
import type { RunningSimulator, SimulatorSettings, StartSimulator } from './simulator';

/** Names of the practice shops; the first ones are started. */
const SHOPS = [
  { name: 'shop-1', title: '官网旗舰店' },
  { name: 'shop-2', title: '拼团小店' },
  ...Array.from({ length: 6 }, (_, index) => ({ name: `shop-${index + 3}`, title: `练习店 ${index + 3}` })),
];

/** Electron's utility process has a port to its parent; plain Node has none. */
interface ParentPort {
  postMessage(message: unknown): void;
}

function parentPort(): ParentPort | null {
  return 'parentPort' in process ? ((process as { parentPort?: ParentPort }).parentPort ?? null) : null;
}

function readFlags(args: readonly string[]): SimulatorSettings & { readonly shops: number } {
  const valueOf = (flag: string): string | undefined => {
    const at = args.indexOf(flag);
    return at === -1 ? undefined : args[at + 1];
  };
  const demo = args.includes('--demo');
  const shops = Number(valueOf('--shops') ?? (demo ? 2 : 1));
  if (!Number.isInteger(shops) || shops < 1 || shops > SHOPS.length)
    throw new Error(`--shops takes 1 to ${SHOPS.length}`);
  return { demo, shops, stateDir: valueOf('--state') ?? null, now: () => Date.now() };
}

/** Every simulator of this process, in the order of starting. */
function registered(shops: number): readonly StartSimulator[] {
  return [
    ...SHOPS.slice(0, shops).map(
      (identity): StartSimulator =>
        (settings) =>
          startMedusaShop(identity, settings),
    ),
    startVirtualPrinterSimulator,
  ];
}

async function main(): Promise<void> {
  const flags = readFlags(process.argv.slice(2));
  const running: RunningSimulator[] = [];
  for (const start of registered(flags.shops)) running.push(await start(flags));
  const control = await startControlServer(running);
  const stop = (): void => {
    void Promise.allSettled([control.stop(), ...running.map((one) => one.stop())]).then(() => process.exit(0));
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
  const announcement = {
    ready: true,
    control: control.address,
    simulators: running.map((one) => ({ name: one.name, ...one.announcement })),
  };
  const port = parentPort();
  process.stdout.write(`${JSON.stringify(announcement)}\n`);
  if (port !== null) return port.postMessage(announcement);
  endWithParent(stop);
}

/**
 * Under plain Node a parent that goes away closes the pipe to us, or at least is no longer our parent. An input that is no pipe (a
 * terminal, /dev/null of a background job) says nothing about the parent.
 */
function endWithParent(stop: () => void): void {
  const input = fstatSync(process.stdin.fd);
  if (input.isFIFO() || input.isSocket()) process.stdin.on('close', stop).resume();
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 1_000).unref();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'the simulators did not start'}\n`);
  process.exit(1);
});
