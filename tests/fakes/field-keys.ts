import { importFieldKeys, type FieldKeyRing, type KeyUse } from '../../renderer/data/field-keys';

/** The same three keys every time, in fresh bytes, because receivers overwrite them. */
export const rawTestKeys = () => ({
  contact: new Uint8Array(32).fill(1),
  money: new Uint8Array(32).fill(2),
  search: new Uint8Array(32).fill(3),
});

export const testKeys = (use: KeyUse): Promise<FieldKeyRing> => importFieldKeys(rawTestKeys(), use);
