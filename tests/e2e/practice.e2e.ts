/** The practice warehouse as a newcomer meets it: one flag, people with public PINs, and labels as pictures. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchStation, STATION_URL, type LaunchedStation } from './harness/launch-station';
import { callStation, valueOf } from './harness/station-call';

const LABEL = '^XA^PW608^LL1040^FO40,40^GB500,8,8^FS^FO40,80^BY2^BCN,120,Y,N,N^FDTM0000000001^FS^XZ';

interface Settings {
  readonly printers: readonly { readonly transport: { readonly port: number } }[];
  readonly stores: readonly { readonly connection: { readonly baseUrl: string } }[];
}

let station: LaunchedStation;
beforeAll(async () => {
  station = await launchStation({ flags: ['--demo', '--lang', 'en'] });
});
afterAll(async () => {
  await station.close();
});

const settings = (): Settings =>
  JSON.parse(readFileSync(join(station.profileDir, 'settings.json'), 'utf8')) as Settings;

async function printerWindow(): Promise<Page> {
  const find = (): Page | undefined => station.app.windows().find((page) => page.url().includes('/virtual-printer/'));
  await expect.poll(find, { timeout: 30_000 }).toBeDefined();
  const page = find();
  if (page === undefined) throw new Error('the virtual printer has no window');
  return page;
}

function printAt(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(LABEL));
    socket.on('close', () => resolve());
    socket.on('error', reject);
  });
}

/** Asked of main's system, because a process of the simulators has no window. */
const simulators = (): Promise<readonly number[]> =>
  station.app.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter(({ type, name }) => type === 'Utility' && name === 'Tallyman practice')
      .map(({ pid }) => pid),
  );

describe('the practice warehouse', () => {
  it('says what it is, with a key file and invented people who can sign in', async () => {
    const printer = await printerWindow();
    expect(printer.url()).not.toContain(STATION_URL);
    expect(await valueOf(station.window, 'app', 'info', null)).toMatchObject({
      demo: true,
      vault: 'key-file',
      firstRun: false,
      provisionProblems: [],
    });
    const signIn = await callStation(station.window, 'session', 'signInByPin', {
      personId: 'practice-packer',
      pin: '1111',
    });
    expect(signIn).toMatchObject({ ok: true, value: { person: { role: 'packer' } } });
  });

  it('shows what is printed as a picture, and plays the printer’s troubles', async () => {
    const printer = await printerWindow();
    const { port } = settings().printers[0]?.transport ?? { port: 0 };
    await printAt(port);
    const picture = printer.locator('figure img').first();
    await expect
      .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth), { timeout: 30_000 })
      .toBe(608);
    await printer.locator('button[data-flag="paperOut"]').click();
    await printer.locator('button[data-flag="paperOut"][aria-pressed="true"]').waitFor();
    await printAt(port);
    await expect.poll(() => printer.locator('#state').textContent()).toContain('waiting: 1');
    await printer.locator('button[data-flag="paperOut"]').click();
    await expect.poll(() => printer.locator('figure').count()).toBe(2);
  });

  it('gives the printer’s window no bridge, and answers it nothing', async () => {
    const printer = await printerWindow();
    expect(await printer.evaluate(() => 'station' in globalThis)).toBe(false);
  });

  it('brings simulators back that died, and follows them to their new places', async () => {
    const before = settings();
    const [pid] = await simulators();
    expect(pid).toBeGreaterThan(0);
    process.kill(pid ?? 0, 'SIGKILL');
    await expect
      .poll(() => settings().printers[0]?.transport.port, { timeout: 30_000 })
      .not.toBe(before.printers[0]?.transport.port);
    const address = settings().stores[0]?.connection.baseUrl ?? '';
    expect(address).not.toBe(before.stores[0]?.connection.baseUrl);
    expect((await fetch(`${address}/health`)).status).toBeLessThan(500);
    expect((await valueOf(station.window, 'session', 'people', null)) as unknown[]).toHaveLength(3);
  });
});
