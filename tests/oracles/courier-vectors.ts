/** Golden vectors of printer languages and couriers, computed by two implementations that are not ours. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const vector = z.looseObject({ id: z.string(), inputs: z.record(z.string(), z.unknown()), expected: z.unknown() });
export type CourierVector = z.output<typeof vector>;

const all = z
  .array(vector)
  .parse(JSON.parse(readFileSync(new URL('../fixtures/vectors-couriers.json', import.meta.url), 'utf8')));

/** @throws Error for an unknown id. */
export const vectorOf = (id: string): CourierVector => {
  const found = all.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no vector ${id}`);
  return found;
};
