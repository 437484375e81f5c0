/** Makes a forgotten case of a closed union a compile error. @throws Error when data from outside carries an unknown case. */
export function assertNever(value: never, what: string): never {
  throw new Error(`unexpected ${what}: ${JSON.stringify(value)}`);
}
