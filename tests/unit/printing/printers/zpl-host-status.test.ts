import { describe, expect, it } from 'vitest';
import { parseZplHostStatus, zplHostStatusProtocol } from '../../../../printing/printers/status/zpl-host-status';
import { vectorOf } from '../../../oracles/courier-vectors';

const bytesOf = (lines: readonly string[]): Uint8Array =>
  Uint8Array.from(Buffer.from(lines.map((line) => `\u0002${line}\u0003\r\n`).join(''), 'latin1'));
const fine = ['014,0,0,1039,000,0,0,0,000,0,0,0', '000,0,0,0,1,2,4,0,00000000,1,000', '0000,1'];
const linesOf = (id: string): readonly string[] => {
  const { lines } = vectorOf(id).inputs;
  return Array.isArray(lines) ? lines.map(String) : [];
};

describe('the ~HS parser', () => {
  it.each(['zpl-hs-decode', 'zpl-hs-decode-ok'])('agrees with the vector %s', (id) => {
    const parsed = parseZplHostStatus(bytesOf(linesOf(id)));
    expect(parsed).toMatchObject({ ok: true, value: vectorOf(id).expected });
  });

  it('waits for the third line of an answer that comes in pieces', () => {
    const whole = bytesOf(fine);
    const complete = [...whole.keys()].filter((end) => zplHostStatusProtocol.isComplete(whole.slice(0, end)));
    expect(complete[0]).toBe(whole.lastIndexOf(0x03) + 1);
  });

  it('is not shaken by bytes around the frames', () => {
    const noisy = Uint8Array.from([0x00, 0x0d, ...bytesOf(fine), 0x0a]);
    expect(zplHostStatusProtocol.parse(noisy)).toEqual({ ok: true, value: { attention: [], labelsWaiting: 0 } });
  });

  it.each([
    ['paper-out', ['014,1,0,1039,000,0,0,0,000,0,0,0', fine[1], fine[2]]],
    ['paused', ['014,0,1,1039,000,0,0,0,000,0,0,0', fine[1], fine[2]]],
    ['buffer-full', ['014,0,0,1039,000,1,0,0,000,0,0,0', fine[1], fine[2]]],
    ['memory-corrupt', ['014,0,0,1039,000,0,0,0,000,1,0,0', fine[1], fine[2]]],
    ['too-cold', ['014,0,0,1039,000,0,0,0,000,0,1,0', fine[1], fine[2]]],
    ['too-hot', ['014,0,0,1039,000,0,0,0,000,0,0,1', fine[1], fine[2]]],
    ['head-open', [fine[0], '000,0,1,0,1,2,4,0,00000000,1,000', fine[2]]],
    ['ribbon-out', [fine[0], '000,0,0,1,1,2,4,0,00000000,1,000', fine[2]]],
    ['label-not-taken', [fine[0], '000,0,0,0,1,1,4,1,00000000,1,000', fine[2]]],
  ])('names %s', (reason, lines) => {
    const parsed = zplHostStatusProtocol.parse(bytesOf(lines.map(String)));
    expect(parsed).toEqual({ ok: true, value: { attention: [reason], labelsWaiting: 0 } });
  });

  it('does not call a direct thermal printer out of ribbon', () => {
    const parsed = zplHostStatusProtocol.parse(
      bytesOf([String(fine[0]), '000,0,0,1,0,2,4,0,00000000,1,000', '0000,1']),
    );
    expect(parsed).toMatchObject({ ok: true, value: { attention: [] } });
  });

  it('counts labels in the buffer, half received ones, and those left of a batch', () => {
    const busy = ['014,0,0,1039,002,0,0,1,000,0,0,0', '000,0,0,0,1,2,4,0,00000003,1,000', '0000,1'];
    expect(zplHostStatusProtocol.parse(bytesOf(busy))).toMatchObject({ ok: true, value: { labelsWaiting: 6 } });
  });

  it.each([
    ['nothing', []],
    ['two lines', fine.slice(0, 2)],
    ['a field too few', ['014,0,0,1039,000,0,0,0,000,0,0', ...fine.slice(1)]],
    ['a letter for a digit', ['014,x,0,1039,000,0,0,0,000,0,0,0', ...fine.slice(1)]],
    ['four lines', [...fine, '0000,1']],
  ])('refuses %s', (_name, lines) => {
    expect(parseZplHostStatus(bytesOf(lines))).toEqual({ ok: false, error: { code: 'status-garbled' } });
  });

  it('stops gathering an answer that never ends', () => {
    expect(zplHostStatusProtocol.isComplete(new Uint8Array(600).fill(0x41))).toBe(true);
  });
});
