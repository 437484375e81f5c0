/** The packed program, as an operator meets it: fuses blown, sandbox on, nothing to hook into, and a parcel goes through it. */
import { once } from 'node:events';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFuses } from '../../scripts/package-dir.mjs';
import { activateWindow, openDisplay, scanByKeys, type OwnDisplay } from './world/own-display';
import { packProgram, statusOfProcesses, type PackedProgram } from './world/packed-program';
import { PACKER } from './world/station-document';
import { SpineWorld } from './world/spine-world';
import { startSimulatedShop, type SimulatedShop } from './world/world-shop';

let shop: SimulatedShop;
let world: SpineWorld;
let display: OwnDisplay;
let program: PackedProgram;

beforeAll(async () => {
  program = await packProgram();
  shop = await startSimulatedShop();
  world = await SpineWorld.open({ shop, withoutStation: true });
  display = await openDisplay();
}, 400_000);
afterAll(async () => {
  await display.stop();
  await world.close();
  await shop.stop();
  program.remove();
});

describe('the packed program', () => {
  it('has its fuses blown', async () => {
    const fuses = await readFuses(program.executable);
    expect(fuses).toMatchObject({
      RunAsNode: 'off',
      EnableCookieEncryption: 'on',
      EnableNodeOptionsEnvironmentVariable: 'off',
      EnableNodeCliInspectArguments: 'off',
      OnlyLoadAppFromAsar: 'on',
    });
    // Older Electrons do not know it; where it exists, it is off.
    expect(fuses['GrantFileProtocolExtraPrivileges']).not.toBe('on');
  });

  it.each([['remote-debugging-port=0'], ['remote-debugging-pipe'], ['disable-web-security']])(
    'refuses --%s',
    async (flag) => {
      const { code, said } = await program.runToEnd([`--${flag}`], display.environment);
      expect(said).toContain(`does not accept: --${flag.split('=')[0] ?? ''}`);
      expect(code).toBe(2);
    },
  );

  it.each([[{ ELECTRON_RUN_AS_NODE: '1' }], [{ NODE_OPTIONS: '--require=/nowhere/evil.js' }]])(
    'takes no orders from its environment: %j',
    async (environment) => {
      // A flag that only the station knows to refuse: it answers as itself, not as Node.
      const { code, said } = await program.runToEnd(['--lang', 'xx'], { ...display.environment, ...environment });
      expect(said).toContain('--lang takes zh-CN or en.');
      expect(code).toBe(2);
    },
  );

  it('does one parcel for an unprivileged user with the sandbox on', async () => {
    const order = await shop.addOrder([{ sku: 'TEA-LJ-100', quantity: 1 }]);
    const provision = join(program.home, 'station.json');
    writeFileSync(provision, JSON.stringify(world.document), { mode: 0o644 });
    const profile = join(program.home, 'profile');
    const child = program.start(['--profile', profile, '--provision', provision], display.environment);
    try {
      await activateWindow(display, 'Tallyman');
      const deadline = Date.now() + 90_000;
      // An operator cannot know when the orders are in: scans the badge and the piece until a label comes.
      while (world.printer.papers.length === 0 && Date.now() < deadline) {
        await scanByKeys(display, [PACKER.badge]);
        await pause(700);
        await scanByKeys(display, [order.id, shop.barcodeOf('TEA-LJ-100')], { gapMs: 2, betweenMs: 200 });
        await world.printer.until((sink) => sink.papers.length > 0, 2_000).catch(() => undefined);
      }
      const renderers = statusOfProcesses(program.executable, '--type=renderer');
      expect(renderers.length).toBeGreaterThan(0);
      for (const status of renderers) {
        expect(status).toMatch(/^Seccomp:\s*2$/m);
        // A process namespace of its own: its number there differs from the one outside.
        expect(status).toMatch(/^NSpid:\s*\d+\s+\d+/m);
        expect(status).not.toMatch(/^Uid:\s*0\s/m);
      }
      const label = await world.nextLabel();
      expect(label.orderCode).toBe(order.id);
      await world.untilShopShows(order, label.waybillNo ?? '', 30_000);
      expect(world.labelsLeft()).toBe(0);
    } finally {
      const ended = once(child, 'close');
      child.kill('SIGTERM');
      await ended;
    }
  });
});
