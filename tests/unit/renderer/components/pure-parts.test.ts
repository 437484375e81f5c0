import { describe, expect, it } from 'vitest';
import { addMs, toInstant } from '@shared/units/instant';
import { deadlineTone } from '../../../../renderer/components/deadline/deadline-tone';
import { moveChoice } from '../../../../renderer/components/virtual-list/move-choice';

const NOW = toInstant(1_790_000_000_000);

describe('a deadline', () => {
  it('is red from its moment on, amber in the two hours before it, and calm until then', () => {
    expect(deadlineTone(NOW, NOW)).toBe('stop');
    expect(deadlineTone(NOW, addMs(NOW, 1))).toBe('warn');
    expect(deadlineTone(NOW, addMs(NOW, 2 * 3_600_000))).toBe('warn');
    expect(deadlineTone(NOW, addMs(NOW, 2 * 3_600_000 + 1))).toBe('calm');
  });
});

describe('keys in a list', () => {
  it('move the choice and never leave the list', () => {
    expect(moveChoice('ArrowDown', -1, 3)).toBe(0);
    expect(moveChoice('ArrowDown', 2, 3)).toBe(2);
    expect(moveChoice('ArrowUp', 0, 3)).toBe(0);
    expect(moveChoice('PageDown', 0, 100_000)).toBe(12);
    expect(moveChoice('Home', 999, 100_000)).toBe(0);
    expect(moveChoice('End', 0, 100_000)).toBe(99_999);
  });

  it('leave the choice alone for other keys and in an empty list', () => {
    expect(moveChoice('a', 1, 3)).toBeNull();
    expect(moveChoice('Enter', 1, 3)).toBeNull();
    expect(moveChoice('End', -1, 0)).toBeNull();
  });
});
