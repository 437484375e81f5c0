import { describe, expect, it } from 'vitest';
import { runCommand } from '../../../scripts/run-command.mjs';

describe('running a program', () => {
  it('gives its status and both output streams', async () => {
    const script = "console.log('out'); console.error('err'); process.exitCode = 3";
    const result = await runCommand(process.execPath, ['-e', script], { capture: true });
    expect(result).toMatchObject({ status: 3, stdout: 'out\n', timedOut: false });
    expect(result.output).toContain('err');
  });

  it('says status 127 when there is no such program', async () => {
    const { status, output } = await runCommand('/nowhere/program', [], { capture: true });
    expect(status).toBe(127);
    expect(output).toContain('ENOENT');
  });

  it('ends a program that takes too long together with what it has started', async () => {
    // The child of the child holds the pipe open, so the run only comes to its end when both are gone.
    const script =
      "require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });" +
      "console.log('started'); setInterval(() => {}, 1000)";
    const result = await runCommand(process.execPath, ['-e', script], { capture: true, timeoutMs: 500 });
    expect(result).toMatchObject({ status: 128, timedOut: true });
  });
});
