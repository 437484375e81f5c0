/** Keyed search tokens: a person can be found by name or the phone's last four digits, and the database says neither. */
import type { Contact } from '@shared/domain/order';
import { SEARCH_TOKEN_HEX, searchTokenText } from '@shared/domain/sealed-format';

const encoder = new TextEncoder();

/** First 16 hexadecimal digits of HMAC-SHA-256 of a text. */
export async function keyedDigest(key: CryptoKey, text: string): Promise<string> {
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)));
  let hex = '';
  for (let at = 0; at < SEARCH_TOKEN_HEX / 2; at += 1) hex += (mac[at] ?? 0).toString(16).padStart(2, '0');
  return hex;
}

/** The last four digits of a phone, or null where a platform hides them (`****`) or there are fewer. */
export function lastFourDigits(phone: string): string | null {
  const digits = /(\d)\D?(\d)\D?(\d)\D?(\d)\D*$/.exec(phone);
  return digits === null ? null : digits.slice(1, 5).join('');
}

const isMasked = (text: string): boolean => text.includes('*');

/** Tokens of an order's contact. Masked values give none, since many people share them. */
export async function tokensOfContact(key: CryptoKey, contact: Contact): Promise<string[]> {
  const texts: string[] = [];
  const digits = lastFourDigits(contact.phone);
  if (digits !== null && !/\*\D*$/.test(contact.phone)) texts.push(searchTokenText('phone-last-four', digits));
  if (contact.name.trim() !== '' && !isMasked(contact.name)) texts.push(searchTokenText('name', contact.name));
  return Promise.all(texts.map((text) => keyedDigest(key, text)));
}

/** Tokens for what a person typed into the search box; none when nothing of it can be a name or four digits. */
export async function searchTokensFor(key: CryptoKey, typed: string): Promise<string[]> {
  const text = typed.trim();
  if (text === '') return [];
  const texts = [searchTokenText('name', text)];
  const digits = text.replace(/\D/g, '');
  if (digits.length >= 4 && /^[\d\s+-]+$/.test(text)) texts.push(searchTokenText('phone-last-four', digits.slice(-4)));
  return Promise.all(texts.map((entry) => keyedDigest(key, entry)));
}
