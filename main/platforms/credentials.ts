/**
 * Where a connector gets a store's secret from: a port, so that no secret ever lies in a store's settings, and so that the
 * keychain (main/security) stays unknown to connectors.
 */
import type { StoreId } from '@shared/domain/ids';
import type { Result } from '@shared/language/result';

export type ShopCredential =
  | { readonly kind: 'secret-key'; readonly key: string }
  | { readonly kind: 'email-password'; readonly email: string; readonly password: string };

export interface Credentials {
  /** Reads a store's secret at the moment of use. Refuses when there is none, or when the keychain is locked. */
  read(storeId: StoreId): Promise<Result<ShopCredential, 'missing' | 'locked'>>;
}
