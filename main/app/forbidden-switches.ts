/** Chromium switches that would open a shipped program to others, or take its walls down. */
const FORBIDDEN = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'disable-web-security',
  'disable-site-isolation-trials',
  'allow-running-insecure-content',
  'load-extension',
] as const;

/**
 * The switches for which this start must be refused. In development and in builds made for tests they are allowed.
 * @param hasSwitch asks Chromium's command line
 */
export function forbiddenSwitches(
  hasSwitch: (name: string) => boolean,
  build: { readonly isPackaged: boolean; readonly isTestBuild: boolean },
): readonly string[] {
  return build.isPackaged && !build.isTestBuild ? FORBIDDEN.filter(hasSwitch) : [];
}
