/**
 * Puts a command onto a virtual screen of 1920 × 1080 where there is no real one.
 * @param {string} command
 * @param {string[]} args
 * @returns {[string, string[]]} the command to run instead
 */
export function virtualDisplay(command, args) {
  if (process.platform !== 'linux' || process.env.DISPLAY) return [command, args];
  return ['xvfb-run', ['-a', '-s', '-screen 0 1920x1080x24 -nolisten tcp', command, ...args]];
}
