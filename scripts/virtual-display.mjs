/**
 * Puts a command onto a virtual screen, larger than the largest window that is looked at, where there is no real one.
 * @param {string} command
 * @param {string[]} args
 * @returns {[string, string[]]} the command to run instead
 */
export function virtualDisplay(command, args) {
  if (process.platform !== 'linux' || process.env.DISPLAY) return [command, args];
  return ['xvfb-run', ['-a', '-s', '-screen 0 2560x1600x24 -nolisten tcp', command, ...args]];
}
