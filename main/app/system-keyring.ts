/** The system's keyring through Electron's safeStorage, and only where it really encrypts. */
import { safeStorage } from 'electron';

/** Linux back ends that keep text in clear, or whose nature Electron does not know. */
const NOT_A_KEYRING: ReadonlySet<string> = new Set(['basic_text', 'unknown']);

export const systemKeyring = {
  /** Needs Electron to be ready. */
  isAvailable(): boolean {
    if (!safeStorage.isEncryptionAvailable()) return false;
    // Came with Electron 27; before, the answer above is false where there is no keyring.
    if (process.platform !== 'linux' || typeof safeStorage.getSelectedStorageBackend !== 'function') return true;
    return !NOT_A_KEYRING.has(safeStorage.getSelectedStorageBackend());
  },
  seal: (text: string): Uint8Array => safeStorage.encryptString(text),
  open: (sealed: Uint8Array): string => safeStorage.decryptString(Buffer.from(sealed)),
};
