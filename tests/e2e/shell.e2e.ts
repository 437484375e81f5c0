/** The walls of the shell, each asserted on the running program. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareLaunch, sandboxFlags } from '../../scripts/electron-path.mjs';
import {
  launchStation,
  makeProfileDir,
  stationWindows,
  untilReady,
  type LaunchedStation,
} from './harness/launch-station';
import { callStation, valueOf, type PageWithBridge } from './harness/station-call';

type ListeningPage = PageWithBridge & { heard: string[]; cancel: () => void };

let station: LaunchedStation;

beforeAll(async () => {
  station = await launchStation({ flags: ['--lang', 'en'] });
});
afterAll(async () => {
  await station.close();
});

const call = (area: string, name: string, ask: unknown) => callStation(station.window, area, name, ask);

describe('the page', () => {
  it('comes from the own scheme as a secure, isolated origin that never changes', async () => {
    const facts = await station.window.evaluate(() => ({
      origin: location.origin,
      isSecureContext,
      crossOriginIsolated,
    }));
    expect(facts).toEqual({ origin: 'tallyman://station', isSecureContext: true, crossOriginIsolated: true });
    const info = await call('app', 'info', null);
    expect(info.ok && (info.value as { origin: string }).origin).toBe('tallyman://station');
  });

  it('can keep its database there', async () => {
    const kept = await station.window.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const request = indexedDB.open('shell-test', 1);
          request.onsuccess = () => {
            request.result.close();
            indexedDB.deleteDatabase('shell-test');
            resolve('opened');
          };
          request.onerror = () => resolve('refused');
        }),
    );
    expect(kept).toBe('opened');
  });

  it('has no Node and no Electron in it, only the frozen bridge', async () => {
    const found = await station.window.evaluate(() => {
      const names = ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron', 'global', '__dirname'];
      const bridge = (globalThis as PageWithBridge).station;
      return { leaked: names.filter((name) => name in globalThis), bridge: Object.keys(bridge).sort() };
    });
    expect(found).toEqual({ leaked: [], bridge: ['call', 'on'] });
  });

  it('runs isolated and sandboxed, without throttling and with web security', async () => {
    const preferences = await station.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const contents = window?.webContents;
      // Not part of the public types, but the only place where the effective preferences can be read.
      if (contents === undefined || !('getLastWebPreferences' in contents)) return {};
      const read = contents.getLastWebPreferences as () => Record<string, unknown>;
      return { ...read.call(contents), throttled: contents.getBackgroundThrottling() };
    });
    expect(preferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      throttled: false,
    });
  });

  it('reads time in fine steps', async () => {
    const smallestStepMs = await station.window.evaluate(() => {
      let smallest = Infinity;
      for (let round = 0; round < 20_000; round += 1) {
        const from = performance.now();
        let to = performance.now();
        while (to === from) to = performance.now();
        smallest = Math.min(smallest, to - from);
      }
      return smallest;
    });
    expect(smallestStepMs).toBeLessThan(0.05);
  });
});

describe('the content security policy', () => {
  it('is on every load, with a fresh nonce that the page knows, and without unsafe words', async () => {
    const read = () =>
      station.window.evaluate(async () => {
        const answer = await fetch('index.html');
        const html = await answer.text();
        return { policy: answer.headers.get('content-security-policy') ?? '', html };
      });
    const [first, second] = [await read(), await read()];
    expect(first.policy).toContain("default-src 'none'");
    expect(first.policy).toContain("script-src 'self';");
    expect(first.policy).not.toMatch(/unsafe/);
    const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(first.policy)?.[1] ?? 'none';
    expect(first.html).toContain(`<meta name="csp-nonce" content="${nonce}">`);
    expect(second.policy).not.toBe(first.policy);
  });

  it('really stops eval, inline scripts, inline styles without the nonce, and foreign connections', async () => {
    const outcome = await station.window.evaluate(async () => {
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
      // The developer tools' own evaluation may use eval; what a page's timer runs may not.
      const evaluated = await new Promise<string>((resolve) => {
        setTimeout(() => {
          try {
            (Reflect.get(globalThis, 'eval') as (code: string) => unknown)('1 + 1');
            resolve('ran');
          } catch (error) {
            resolve(error instanceof EvalError ? 'stopped' : 'other');
          }
        }, 50);
      });
      const style = document.createElement('style');
      style.textContent = 'html { outline: 7px solid rgb(1, 2, 3) }';
      document.head.append(style);
      const outline = getComputedStyle(document.documentElement).outlineWidth;
      style.remove();
      const script = document.createElement('script');
      script.textContent = 'document.documentElement.dataset.inlineScript = "ran"';
      document.head.append(script);
      script.remove();
      const foreign = await fetch('http://127.0.0.1:9/').then(
        () => 'reached',
        () => 'stopped',
      );
      await new Promise((resolve) => setTimeout(resolve));
      return { evaluated, outline, script: document.documentElement.dataset['inlineScript'], foreign, violations };
    });
    expect(outcome.evaluated).toBe('stopped');
    expect(outcome.outline).not.toBe('7px');
    expect(outcome.script).toBeUndefined();
    expect(outcome.foreign).toBe('stopped');
    expect(outcome.violations).toEqual(
      expect.arrayContaining(['script-src', 'style-src-elem', 'script-src-elem', 'connect-src']),
    );
  });

  it('lets a style through that carries the nonce', async () => {
    const shown = await station.window.evaluate(() => {
      const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
      const style = document.createElement('style');
      style.nonce = nonce;
      style.textContent = 'html { outline: 7px solid rgb(1, 2, 3) }';
      document.head.append(style);
      const width = getComputedStyle(document.documentElement).outlineWidth;
      style.remove();
      return width;
    });
    expect(shown).toBe('7px');
  });
});

describe('the scheme', () => {
  it.each([
    ['%2e%2e/main/index.cjs'],
    ['..%2fmain%2findex.cjs'],
    ['assets/..%2f..%2f..%2fpackage.json'],
    ['..%5cmain%5cindex.cjs'],
    ['no-such-file.js'],
    ['virtual-printer/labels'],
    ['photo/unsigned'],
  ])('answers %s with not found', async (path) => {
    const status = await station.window.evaluate(
      async (path) => (await fetch(`tallyman://station/${path}`)).status,
      path,
    );
    expect(status).toBe(404);
  });

  it('has one host only', async () => {
    const outcome = await station.app.evaluate(async ({ net }) => {
      return net.fetch('tallyman://elsewhere/index.html').then(
        (answer) => answer.status,
        () => 'failed',
      );
    });
    expect(outcome).toBe(404);
  });
});

describe('a page that wants out', () => {
  it('cannot navigate away', async () => {
    await station.window.evaluate(() => {
      location.href = 'https://example.invalid/';
    });
    await expect.poll(async () => (await eventsOf('navigation-denied')).length).toBeGreaterThan(0);
    expect(station.window.url()).toMatch(/^tallyman:\/\/station\/index\.html/);
  });

  it('cannot hold a frame, not even of itself', async () => {
    const blocked = await station.window.evaluate(
      () =>
        new Promise<string>((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
            once: true,
          });
          const frame = document.createElement('iframe');
          frame.src = 'tallyman://station/index.html';
          frame.addEventListener('load', () => setTimeout(() => resolve('loaded'), 500));
          document.body.append(frame);
        }),
    );
    expect(blocked).toBe('frame-src');
    await station.window.evaluate(() => document.querySelector('iframe')?.remove());
  });

  it('cannot open windows', async () => {
    const before = station.app.windows().length;
    const opened = await station.window.evaluate(() => [
      window.open('https://example.invalid/') === null,
      window.open('tallyman://station/index.html') === null,
    ]);
    expect(opened).toEqual([true, true]);
    expect(station.app.windows().length).toBe(before);
  });

  it('gets no permission but to keep its storage', async () => {
    const granted = await station.window.evaluate(async () => {
      const state = async (name: string) => (await navigator.permissions.query({ name: name as PermissionName })).state;
      const notified = await Notification.requestPermission();
      const located = await new Promise<string>((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          ({ code }) => resolve(code === 1 ? 'denied' : 'other'),
        );
      });
      const heard = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'granted',
        (error: DOMException) => error.name,
      );
      return {
        notified,
        located,
        heard,
        camera: await state('camera'),
        storage: await state('persistent-storage'),
        persisted: await navigator.storage.persist(),
      };
    });
    expect(granted).toMatchObject({ notified: 'denied', located: 'denied', camera: 'denied' });
    expect(granted.heard).not.toBe('granted');
    expect([granted.storage, granted.persisted]).toEqual(['granted', true]);
  });
});

describe('the bridge', () => {
  it('knows only the names of the contract', async () => {
    expect(await call('app', 'quit', null)).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(await call('__proto__', 'info', null)).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  });

  it('names the place of a bad request and never its value', async () => {
    const reply = await call('session', 'signInByPin', { personId: 'p1', pin: 'my-secret-pin' });
    expect(reply).toEqual({
      ok: false,
      error: { code: 'bad-request', params: { path: 'pin', problem: 'invalid_format' } },
    });
    const lines = (await station.log()).map((line) => JSON.stringify(line));
    expect(lines.some((line) => line.includes('call-with-bad-request'))).toBe(true);
    expect(lines.some((line) => line.includes('my-secret-pin'))).toBe(false);
  });

  it('answers no window that is not one of the station, wherever its page comes from', async () => {
    const bridgeFile = join(prepareLaunch().args[0] ?? process.cwd(), 'out', 'preload', 'bridge.cjs');
    const replies = await station.app.evaluate(async ({ BrowserWindow }, preload) => {
      const foreign = new BrowserWindow({
        show: false,
        webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegrationInSubFrames: true },
      });
      const ask = "window.station.call('app', 'info', null)";
      await foreign.loadURL('tallyman://station/index.html');
      const ownOrigin: unknown = await foreign.webContents.executeJavaScript(ask);
      await foreign.loadURL('data:text/html,<p>somewhere else</p>');
      const otherOrigin: unknown = await foreign.webContents.executeJavaScript(ask);
      foreign.destroy();
      return [ownOrigin, otherOrigin];
    }, bridgeFile);
    expect(replies).toEqual([
      { ok: false, error: { code: 'unknown-sender', params: {} } },
      { ok: false, error: { code: 'unknown-sender', params: {} } },
    ]);
  });

  it('tells every window what changed, until its listener is cancelled', async () => {
    const opened = station.app.waitForEvent('window');
    expect(await call('app', 'openWindow', null)).toMatchObject({ ok: true });
    const second = await opened;
    await untilReady(second);
    const listen = () => {
      const scope = globalThis as ListeningPage;
      scope.heard = [];
      scope.cancel = scope.station.on('app', 'infoChanged', (info) => {
        scope.heard.push((info as { look: { theme: string } }).look.theme);
      });
    };
    const heard = () => (globalThis as ListeningPage).heard;
    await station.window.evaluate(listen);
    await second.evaluate(listen);
    const look = { language: 'en', theme: 'dark', soundVolume: 0.5, speakStops: false };
    expect(await call('app', 'saveLook', look)).toEqual({ ok: true, value: null });
    await expect.poll(() => second.evaluate(heard)).toEqual(['dark']);
    expect(await station.window.evaluate(heard)).toEqual(['dark']);
    await second.evaluate(() => (globalThis as ListeningPage).cancel());
    await call('app', 'saveLook', { ...look, theme: 'light' });
    await expect.poll(() => station.window.evaluate(heard)).toEqual(['dark', 'light']);
    expect(await second.evaluate(heard)).toEqual(['dark']);
    await second.close();
    await expect.poll(() => stationWindows(station.app).length).toBe(1);
  });
});

describe('a page whose process dies', () => {
  it('comes back by itself, and leaves a report without a memory dump', async () => {
    const crashed = station.window.waitForEvent('crash');
    await station.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    await crashed;
    await expect
      .poll(async () => {
        const answer = await station.app.evaluate(async ({ BrowserWindow }) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          if (contents === undefined || contents.isCrashed() || contents.isLoading()) return false;
          return (await contents.executeJavaScript("document.documentElement.hasAttribute('data-ready')")) as boolean;
        });
        return answer;
      })
      .toBe(true);
    const files = readdirSync(join(station.profileDir, 'logs'));
    expect(files.some((name) => /^crash-.*\.json$/.test(name))).toBe(true);
    expect(filesBelow(station.profileDir).filter((name) => name.endsWith('.dmp'))).toEqual([]);
  });
});

describe('a profile', () => {
  it('belongs to one running program; a second start ends at once and brings the first to the front', async () => {
    const { executablePath, args } = prepareLaunch();
    const flags = [...args, ...sandboxFlags(), '--profile', station.profileDir];
    const second = spawn(executablePath, flags, { stdio: 'ignore' });
    const [code] = (await once(second, 'exit')) as [number];
    expect(code).toBe(0);
    expect(stationWindows(station.app).length).toBe(1);
  });

  it('does not keep another profile from running beside it', async () => {
    const other = await launchStation();
    try {
      expect(other.profileDir).not.toBe(station.profileDir);
      expect(await other.window.evaluate(() => location.origin)).toBe('tallyman://station');
    } finally {
      await other.close();
    }
  });

  it('is readable by its owner only', () => {
    for (const file of ['settings.json', 'logs/station.log']) {
      expect(statSync(join(station.profileDir, file)).mode & 0o077).toBe(0);
    }
  });
});

describe('a provisioned profile', () => {
  const provision = {
    version: 1,
    vault: { kind: 'key-file' },
    people: [{ personId: 'ada', name: 'Ada Test', role: 'administrator', badge: 'BADGE-0001', pin: '4711' }],
  };

  it('is set up from one document, keeps no secret in clear, and knows its people after a restart', async () => {
    const profileDir = await makeProfileDir();
    const first = await launchStation({ profileDir, provision });
    // Answered only when the set-up is through: no window opens the first-run assistant in vain.
    expect(await valueOf(first.window, 'app', 'info', null)).toMatchObject({ firstRun: false, vault: 'key-file' });
    await expect.poll(() => peopleOf(first)).toEqual([{ personId: 'ada', name: 'Ada Test', role: 'administrator' }]);
    await first.close();
    const second = await launchStation({ profileDir });
    try {
      const signedIn = await callStation(second.window, 'session', 'signInByBadge', { badge: 'badge-0001' });
      expect(signedIn).toMatchObject({ ok: true, value: { person: { personId: 'ada' } } });
      const ours = filesBelow(profileDir).filter((name) => !name.includes('/browser/'));
      for (const name of ours) expect(readFileSync(name, 'latin1')).not.toMatch(/BADGE-0001|4711/i);
      expect(statSync(join(profileDir, 'vault.key')).mode & 0o777).toBe(0o600);
      expect(existsSync(join(profileDir, 'provision.yaml'))).toBe(true);
    } finally {
      await second.close();
      await rm(profileDir, { recursive: true, force: true });
    }
  });

  it('opens with every problem of a bad document on screen and nothing of it applied', async () => {
    const bad = { ...provision, people: [{ ...provision.people[0], role: 'king' }], stores: [{ policy: {} }] };
    const opened = await launchStation({ provision: bad });
    try {
      const info = () => callStation(opened.window, 'app', 'info', null);
      await expect
        .poll(async () => ((await info()).value as { provisionProblems: { path: string }[] }).provisionProblems)
        .toEqual(
          expect.arrayContaining([
            expect.objectContaining({ path: 'people[0].role' }),
            expect.objectContaining({ path: 'stores[0].policy.storeId' }),
            expect.objectContaining({ path: 'stores[0].connection' }),
          ]),
        );
      expect((await info()).value).toMatchObject({ firstRun: true, vault: 'not-created' });
    } finally {
      await opened.close();
    }
  });

  it('keeps settings that it cannot read and says so', async () => {
    const profileDir = await makeProfileDir();
    writeFileSync(join(profileDir, 'settings.json'), '{"version": 99, "fromTheFuture": true}');
    const opened = await launchStation({ profileDir });
    try {
      const info = await callStation(opened.window, 'app', 'info', null);
      expect(info.value).toMatchObject({ unreadableFiles: ['settings.json.unreadable-1'] });
      expect(readFileSync(join(profileDir, 'settings.json.unreadable-1'), 'utf8')).toContain('fromTheFuture');
    } finally {
      await opened.close();
      await rm(profileDir, { recursive: true, force: true });
    }
  });
});

describe('a kiosk', () => {
  it('is full screen and has no menu', async () => {
    const kiosk = await launchStation({ flags: ['--kiosk'] });
    try {
      const found = await kiosk.app.evaluate(({ BrowserWindow, Menu }) => ({
        kiosk: BrowserWindow.getAllWindows()[0]?.isKiosk(),
        menu: Menu.getApplicationMenu() === null ? 'none' : 'shown',
      }));
      expect(found).toEqual({ kiosk: true, menu: 'none' });
      expect(await valueOf(kiosk.window, 'app', 'info', null)).toMatchObject({ kiosk: true });
    } finally {
      await kiosk.close();
    }
  });
});

describe('the command line', () => {
  it.each([
    [['--profle', 'somewhere'], 'Did you mean --profile?'],
    [['--lang', 'fr'], '--lang takes zh-CN or en.'],
    [['--provision'], '--provision needs a value'],
  ])('%j is refused with a sentence', async (flags, sentence) => {
    const { executablePath, args } = prepareLaunch();
    const child = spawn(executablePath, [...args, ...sandboxFlags(), ...flags]);
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    const [code] = (await once(child, 'close')) as [number];
    expect(said).toContain(sentence);
    expect(code).toBe(2);
  });
});

async function eventsOf(event: string): Promise<readonly unknown[]> {
  return (await station.log()).filter((line) => line['event'] === event);
}

const peopleOf = (opened: LaunchedStation): Promise<unknown> => valueOf(opened.window, 'session', 'people', null);

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
