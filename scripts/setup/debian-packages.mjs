import { existsSync } from 'node:fs';
import { runCommand } from '../run-command.mjs';
import { SetUpError } from './set-up-error.mjs';

/**
 * What Debian must provide, and why. `name` may list names of other releases after a bar; the first is installed.
 * `level`: "start" is needed to open the station, "screen" only to do so without a display, "test" only by `npm test`.
 */
export const DEBIAN_PACKAGES = [
  { name: 'libgtk-3-0|libgtk-3-0t64', level: 'start', why: "Electron's windows and dialogs" },
  { name: 'libnss3', level: 'start', why: "Electron's certificates" },
  { name: 'libasound2|libasound2t64', level: 'start', why: 'the four scan sounds' },
  { name: 'libgbm1', level: 'start', why: "Electron's graphics buffers" },
  { name: 'libxss1', level: 'start', why: "Electron's idle detection" },
  { name: 'libxtst6', level: 'start', why: "Electron's keyboard events" },
  { name: 'libnotify4', level: 'start', why: "Electron's notifications" },
  { name: 'libatspi2.0-0|libatspi2.0-0t64', level: 'start', why: "Electron's accessibility bus" },
  { name: 'libsecret-1-0', level: 'start', why: 'the keyring behind safeStorage' },
  { name: 'fonts-noto-cjk', level: 'start', why: 'Chinese text on the screen' },
  { name: 'udev', level: 'start', why: 'udevadm, with which serialport lists its ports' },
  { name: 'xvfb', level: 'screen', why: 'a display where there is none' },
  { name: 'xauth', level: 'screen', why: 'xvfb-run makes its key with it' },
  { name: 'xdotool', level: 'test', why: 'a scanner as a keyboard: real key events' },
  { name: 'openbox', level: 'test', why: 'a window manager, without which no window gets the focus' },
  { name: 'x11-xkb-utils', level: 'test', why: 'setxkbmap: scanning under a foreign layout' },
  { name: 'zbar-tools', level: 'test', why: 'zbarimg: a second, independent barcode reader' },
  { name: 'procps', level: 'test', why: 'ps and pgrep: the process tree of the packed program' },
  { name: 'postgresql', level: 'test', why: 'the database of the real Medusa' },
  { name: 'dbus', level: 'test', why: 'the bus of the keyring and of the input method' },
  { name: 'dbus-x11', level: 'test', why: 'dbus-run-session: a bus of its own for each test' },
  { name: 'ibus', level: 'test', why: 'a real input method' },
  { name: 'ibus-libpinyin', level: 'test', why: 'its Chinese engine' },
  { name: 'ibus-gtk3', level: 'test', why: 'without it the window silently does not use ibus' },
  { name: 'gnome-keyring', level: 'test', why: 'a real keyring for safeStorage' },
  { name: 'socat', level: 'test', why: 'pairs of pseudo terminals as serial cables' },
  { name: 'faketime', level: 'test', why: 'a wrong or jumping clock in the whole program' },
  { name: 'util-linux', level: 'test', why: 'setpriv and flock: running as an unprivileged user' },
];

/**
 * Installs what is missing, as root on Debian and its relatives; as anybody else says what to install.
 * @param {'start' | 'test'} purpose
 * @returns {Promise<boolean>} whether packages were installed
 * @throws {SetUpError} when something needed is missing and cannot be installed from here
 */
export async function ensureDebianPackages(purpose) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return false;
  const missing = await missingPackages(DEBIAN_PACKAGES.filter(({ level }) => purpose === 'test' || level !== 'test'));
  if (missing.length === 0) return false;
  const names = missing.map(({ name }) => name.split('|')[0]);
  if (process.getuid?.() !== 0) return tellWhatToInstall(names, missing);
  console.log(`Set-up: installing Debian packages ${names.join(' ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await apt(['update', '-q'], env);
  await apt(['install', '-y', '-q', '--no-install-recommends', ...names], env);
  return true;
}

async function missingPackages(wanted) {
  const names = wanted.flatMap(({ name }) => name.split('|'));
  const query = ['-W', '-f', '${Package} ${db:Status-Status}\\n', ...names];
  const { stdout } = await runCommand('/usr/bin/dpkg-query', query, { capture: true });
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return wanted.filter(({ name }) => !name.split('|').some((candidate) => installed.has(candidate)));
}

function tellWhatToInstall(names, missing) {
  const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  const needed = missing.filter(({ level }) => level !== 'screen' || !hasDisplay);
  if (needed.length === 0) return false;
  const reasons = needed.map(({ name, why }) => `  ${name.split('|')[0].padEnd(18)} ${why}`).join('\n');
  throw new SetUpError(
    `These Debian packages are missing:\n${reasons}\n` +
      `Install them with:\n  sudo apt-get update && sudo apt-get install --no-install-recommends ${names.join(' ')}`,
  );
}

async function apt(args, env) {
  // Another apt may hold the lock for a moment, for example the machine's own daily run.
  const { status } = await runCommand('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], { env });
  if (status !== 0) throw new SetUpError(`apt-get ${args[0]} ended with status ${status}; its messages are above.`);
}
