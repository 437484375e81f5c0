/** Waybill numbers that a person pasted or imported. */
import type { z } from 'zod';
import { answered, refused, type Reply } from '@shared/contract/envelope';
import type { numbersArea } from '@shared/contract/numbers';
import type { FactBody } from '@shared/domain/fact';
import { waybillNo, type PoolId, type WaybillNo } from '@shared/domain/ids';
import type { Act, Arbiter } from './arbiter';

type Imported = z.input<(typeof numbersArea)['calls']['importNumbers']['answer']>;

/** A fact takes so many numbers at most. */
const NUMBERS_A_FACT = 20_000;
const SHOWN_INVALID = 200;

interface ReadNumbers {
  readonly fresh: readonly WaybillNo[];
  readonly known: number;
  readonly invalid: Imported['invalid'];
}

/** Reads one number per line, comma or blank; lower case becomes upper case. Numbers that are known, or come twice, are only counted. */
export function readNumbers(text: string, isKnown: (number: WaybillNo) => boolean): ReadNumbers {
  const fresh = new Set<WaybillNo>();
  const invalid: Imported['invalid'] = [];
  let known = 0;
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    for (const word of line.split(/[\s,;，；]+/).filter((part) => part !== '')) {
      const parsed = waybillNo.safeParse(word.toUpperCase());
      if (!parsed.success) {
        if (invalid.length < SHOWN_INVALID) invalid.push({ line: index + 1, text: word.slice(0, 60) });
      } else if (isKnown(parsed.data) || fresh.has(parsed.data)) known += 1;
      else fresh.add(parsed.data);
    }
  }
  return { fresh: [...fresh], known, invalid };
}

/** @returns what was added, or `numbers-invalid` where the text holds no usable number at all. */
export async function importNumbers(
  arbiter: Arbiter,
  act: Act,
  pool: { readonly poolId: PoolId; readonly carrier: string },
  text: string,
): Promise<Reply<Imported>> {
  const { fresh, known, invalid } = readNumbers(text, (number) => arbiter.state.numbers.isKnown(number));
  if (fresh.length === 0 && known === 0) return refused('numbers-invalid', { lines: invalid.length });
  if (fresh.length > 0) {
    const bodies: FactBody[] = [];
    for (let from = 0; from < fresh.length; from += NUMBERS_A_FACT)
      bodies.push({ kind: 'numbers-imported', ...pool, numbers: fresh.slice(from, from + NUMBERS_A_FACT) });
    const reply = await arbiter.record({ facts: bodies.map((body) => arbiter.factOf(act, body)) });
    if (!reply.ok) return reply;
  }
  return answered({ added: fresh.length, known, invalid });
}
