import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseCode } from '@shared/domain/scan-verdict';
import { CodeTable, hashCode, hashRange, type CodeKind } from '../../../../renderer/index-memory/code-table';

describe('the code table', () => {
  it('holds what a list of entries would hold, through growing, removing and adding again', () => {
    const entry = fc.record({
      add: fc.boolean(),
      hash: fc.constantFrom(0, 1, 1_024, 4_294_967_295, 77),
      slot: fc.nat({ max: 5 }),
      kind: fc.constantFrom<CodeKind>(0, 1, 4),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 60 }), fc.nat({ max: 3_000 }), (steps, filler) => {
        const table = new CodeTable();
        const expected: { hash: number; slot: number; kind: number }[] = [];
        // Others in the table, so that it grows with holes in it.
        for (let at = 0; at < filler; at += 1) table.add(hashCode(`filler ${at}`), at, 2);
        for (const { add, hash, slot, kind } of steps) {
          const known = expected.findIndex((one) => one.hash === hash && one.slot === slot && one.kind === kind);
          if (add) {
            table.add(hash, slot, kind);
            expected.push({ hash, slot, kind });
          } else {
            table.remove(hash, slot, kind);
            if (known >= 0) expected.splice(known, 1);
          }
        }
        expect(table.size).toBe(expected.length + filler);
        for (const hash of [0, 1, 1_024, 4_294_967_295, 77]) {
          const found: string[] = [];
          table.forEach(hash, (slot, kind) => found.push(`${slot}:${kind}`));
          const wanted = expected.filter((one) => one.hash === hash).map((one) => `${one.slot}:${one.kind}`);
          expect(found.sort()).toEqual(wanted.sort());
        }
      }),
      { numRuns: 100 },
    );
  });

  it('hashes a code within a longer text as it would alone and normalised', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), fc.string(), fc.string(), (code, before, after) => {
        const text = `${before}${code}${after}`;
        expect(hashRange(text, before.length, before.length + code.length)).toBe(hashCode(normaliseCode(code)));
      }),
    );
    expect(hashRange('xstraße-7y', 1, 9)).toBe(hashCode('STRASSE-7'));
  });
});
