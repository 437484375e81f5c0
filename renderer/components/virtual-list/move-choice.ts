const PAGE_ROWS = 12;

/** Where a key moves the choice to, or null for keys that do not move it. Positions stay inside 0…length-1. */
export function moveChoice(key: string, chosen: number, length: number): number | null {
  const target = new Map<string, number>([
    ['ArrowDown', chosen + 1],
    ['ArrowUp', chosen - 1],
    ['PageDown', chosen + PAGE_ROWS],
    ['PageUp', chosen - PAGE_ROWS],
    ['Home', 0],
    ['End', length - 1],
  ]).get(key);
  if (target === undefined || length === 0) return null;
  return Math.min(length - 1, Math.max(0, target));
}
