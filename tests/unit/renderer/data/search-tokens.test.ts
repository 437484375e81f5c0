import { describe, expect, it } from 'vitest';
import { lastFourDigits, searchTokensFor, tokensOfContact } from '../../../../renderer/data/search-tokens';
import { aContact } from '../../../builders/orders';
import { testKeys } from '../../../fakes/field-keys';

describe('search tokens', () => {
  it('meet: what is typed finds the contact by name and by the last four digits', async () => {
    const { search } = await testKeys('open');
    const stored = await tokensOfContact(search, aContact());
    expect(stored).toHaveLength(2);
    for (const typed of ['林小满', ' 4321 ', '138 0000 4321']) {
      const asked = await searchTokensFor(search, typed);
      expect(asked.some((token) => stored.includes(token))).toBe(true);
    }
    expect((await searchTokensFor(search, '4322')).some((token) => stored.includes(token))).toBe(false);
  });

  it('are 16 hexadecimal digits that say nothing of the value', async () => {
    const { search } = await testKeys('open');
    for (const token of await tokensOfContact(search, aContact())) expect(token).toMatch(/^[0-9a-f]{16}$/);
  });

  it('are not made of masked or empty values, which many people share', async () => {
    const { search } = await testKeys('open');
    expect(await tokensOfContact(search, aContact({ name: '林**', phone: '138****' }))).toEqual([]);
    expect(await tokensOfContact(search, aContact({ name: ' ', phone: '' }))).toEqual([]);
    expect(await searchTokensFor(search, '  ')).toEqual([]);
  });

  it('take the last four digits through signs and extensions', () => {
    expect(lastFourDigits('+86 138-0000-4321')).toBe('4321');
    expect(lastFourDigits('138****4321')).toBe('4321');
    expect(lastFourDigits('12')).toBeNull();
  });
});
