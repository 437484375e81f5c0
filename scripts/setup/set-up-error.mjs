/** Set-up cannot go on and the message tells the person what to do; it is shown without a stack. */
export class SetUpError extends Error {
  name = 'SetUpError';
}
