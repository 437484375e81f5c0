/** Longest detail that main takes. */
const LONGEST_DETAIL = 4_000;

/** What is reported: names of the error and of components, never its message, which may quote what was on the screen. */
export function describeCrash(error: unknown, componentStack: string): string {
  const name = error instanceof Error ? error.name : typeof error;
  return `${name}${componentStack}`.slice(0, LONGEST_DETAIL);
}
