import { spawn } from 'node:child_process';

/**
 * Runs a program to its end.
 * @param {string} command program name or path
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, capture?: boolean, timeoutMs?: number, stdin?: 'inherit' | 'ignore' }} [options]
 *   `capture` collects both output streams instead of passing them on; after `timeoutMs` the program and all its
 *   children are ended.
 * @returns {Promise<{ status: number, output: string, stdout: string, timedOut: boolean }>} status 127 when the program
 *   could not be started, 128 when it was ended by a signal.
 */
export function runCommand(command, args, options = {}) {
  const { cwd, env = process.env, capture = false, timeoutMs, stdin = 'ignore' } = options;
  return new Promise((resolve) => {
    const stdio = capture ? [stdin, 'pipe', 'pipe'] : [stdin, 'inherit', 'inherit'];
    // A group of its own, so that a time-out also ends what the program has started.
    const detached = timeoutMs !== undefined && process.platform !== 'win32';
    const child = spawn(command, args, { cwd, env, stdio, detached, windowsHide: true });
    let output = '';
    let stdout = '';
    let timedOut = false;
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      output += text;
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => (output += text));
    const end = (signal) => endGroup(child.pid, detached, signal);
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            end('SIGTERM');
            setTimeout(end, 5_000, 'SIGKILL').unref();
          }, timeoutMs);
    // A group of its own does not get the terminal's Ctrl+C: hand it on.
    const onInterrupt = () => {
      end('SIGTERM');
      process.exit(130);
    };
    if (detached) process.once('SIGINT', onInterrupt).once('SIGTERM', onInterrupt);
    const settle = (status) => {
      clearTimeout(timer);
      process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
      resolve({ status, output, stdout, timedOut });
    };
    child.once('error', (error) => {
      output += String(error.message);
      settle(127);
    });
    child.once('close', (code) => settle(code ?? 128));
  });
}

function endGroup(pid, isGroup, signal) {
  if (pid === undefined) return;
  try {
    process.kill(isGroup ? -pid : pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/**
 * Runs npm, the one that started us where there is one.
 * @param {readonly string[]} args
 * @param {Parameters<typeof runCommand>[2]} [options]
 */
export function runNpm(args, options = {}) {
  const npmScript = process.env.npm_execpath;
  if (npmScript && /\.c?js$/.test(npmScript)) return runCommand(process.execPath, [npmScript, ...args], options);
  if (process.platform === 'win32') {
    return runCommand(process.env.ComSpec ?? 'cmd.exe', ['/d', '/s', '/c', 'npm', ...args], options);
  }
  return runCommand('npm', args, options);
}
