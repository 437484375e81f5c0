import { describe, expect, it } from 'vitest';
import { deviceId, gestureId } from '@shared/domain/ids';
import { codeOfCommand, COMMANDS, COMMAND_PREFIX, findCommand } from '../../../../renderer/scanning/command-codes';
import type { Scan } from '../../../../renderer/scanning/scan';
import { createScanRouter, routeScan } from '../../../../renderer/scanning/scan-router';
import { NOON } from '../../../builders/orders';

const aScan = (code: string): Scan => ({
  gestureId: gestureId.parse('g-1'),
  deviceId: deviceId.parse('keyboard-wedge'),
  raw: code,
  code,
  at: NOON,
  sequence: 1,
});

describe('command barcodes', () => {
  it('each have a code of their own under the prefix, short enough for any label, and are found by it', () => {
    const codes = COMMANDS.map(codeOfCommand);
    expect(new Set(codes).size).toBe(COMMANDS.length);
    for (const command of COMMANDS) {
      expect(codeOfCommand(command)).toMatch(/^TM-[A-Z]{2,10}$/);
      expect(codeOfCommand(command).startsWith(COMMAND_PREFIX)).toBe(true);
      expect(findCommand(codeOfCommand(command))).toBe(command);
    }
    expect(findCommand('TM-NEWER')).toBeUndefined();
  });
});

describe('routing a scan', () => {
  it('goes by what the code is', () => {
    expect(routeScan(aScan('TM-UNDO'), true)).toMatchObject({ kind: 'command', command: 'undo' });
    expect(routeScan(aScan('TB-LIN-7'), true)).toMatchObject({ kind: 'badge', badge: 'TB-LIN-7' });
    expect(routeScan(aScan('BADGE0042'), true)).toMatchObject({ kind: 'badge' });
    expect(routeScan(aScan('6900000000017'), true)).toMatchObject({ kind: 'code' });
  });

  it('takes any other code for a badge while nobody is signed in, but never a command', () => {
    expect(routeScan(aScan('0042'), false)).toMatchObject({ kind: 'badge', badge: '0042' });
    expect(routeScan(aScan('7'), false)).toMatchObject({ kind: 'code' });
    expect(routeScan(aScan('TM-HELP'), false)).toMatchObject({ kind: 'command' });
  });

  it('knows a command of another version’s sheet for what it is', () => {
    expect(routeScan(aScan('TM-NEWER'), true)).toMatchObject({ kind: 'unknown-command' });
  });

  it('asks the newest handler first, and the one before it when that does not want the scan', () => {
    const router = createScanRouter(() => true);
    const heard: string[] = [];
    router.handle(() => {
      heard.push('screen');
      return true;
    });
    const cancel = router.handle(({ kind }) => {
      heard.push('dialog');
      return kind === 'badge';
    });
    expect(router.accept(aScan('TB-LIN-7'))).toBe(true);
    expect(router.accept(aScan('6900000000017'))).toBe(true);
    cancel();
    router.accept(aScan('TB-LIN-7'));
    expect(heard).toEqual(['dialog', 'dialog', 'screen', 'screen']);
  });

  it('says when nobody dealt with a scan', () => {
    expect(createScanRouter(() => true).accept(aScan('x'))).toBe(false);
  });
});
