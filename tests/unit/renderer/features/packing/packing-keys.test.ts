import { describe, expect, it } from 'vitest';
import { packingKey } from '../../../../../renderer/features/packing/packing-key';

const nothing = (): void => undefined;

/** Which act a key runs, by name. */
function pressed(
  key: string,
  moment: Parameters<typeof packingKey>[1],
  shiftKey = false,
  ctrlKey = false,
): string | null {
  let ran: string | null = null;
  const named = (name: string) => () => {
    ran = name;
  };
  const acts = {
    undo: named('undo'),
    park: named('park'),
    release: named('release'),
    reopenLast: named('reopen'),
    printLabel: named('print'),
    answerPrint: (printed: boolean) => named(printed ? 'printed' : 'not printed')(),
    acknowledgeStop: named('acknowledge'),
    leave: named('leave'),
    dismiss: named('dismiss'),
  };
  (packingKey({ key, shiftKey, ctrlKey, altKey: false, metaKey: false }, moment, acts) ?? nothing)();
  return ran;
}

describe('keys of the packing screen', () => {
  it('does nothing for any key that a scanner sends', () => {
    const sent = [...'ABCabc0189-./', 'Enter', 'Tab', 'Shift'];
    for (const key of sent)
      for (const moment of ['counting', 'stopped', 'print-unknown', 'no-label'] as const)
        expect(pressed(key, moment)).toBeNull();
  });

  it('answers the print question only while it stands, and the two answers need different hands', () => {
    expect(pressed('F9', 'print-unknown')).toBe('printed');
    expect(pressed('F9', 'print-unknown', true)).toBe('not printed');
    expect(pressed('F9', 'counting')).toBeNull();
  });

  it('clears a message with Space, but a stop only with Escape', () => {
    expect(pressed(' ', 'counting')).toBe('dismiss');
    expect(pressed(' ', 'stopped')).toBeNull();
    expect(pressed('Escape', 'stopped')).toBe('acknowledge');
    expect(pressed('Escape', 'counting')).toBe('leave');
  });

  it('leaves keys with Control to the system', () => {
    expect(pressed('F4', 'counting')).toBe('undo');
    expect(pressed('F4', 'counting', false, true)).toBeNull();
  });
});
