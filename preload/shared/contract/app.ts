import { z } from 'zod';
import { call, defineArea, event } from './define-area';

export const language = z.enum(['zh-CN', 'en']);
export type Language = z.infer<typeof language>;
export const theme = z.enum(['light', 'dark', 'system']);
export type Theme = z.infer<typeof theme>;

/** How this station looks and sounds; a station setting, kept by main. */
export const look = z.object({
  language,
  theme,
  /** 0…1 */
  soundVolume: z.number().min(0).max(1),
  speakStops: z.boolean(),
});
export type Look = z.infer<typeof look>;

export const provisionProblem = z.object({ path: z.string().max(300), problem: z.string().max(300) });
export type ProvisionProblem = z.infer<typeof provisionProblem>;

/**
 * How secrets are kept: by the system's keyring, sealed by a passphrase, or by a key file (with a permanent banner).
 * `locked` asks for the passphrase; `keyring-missing`: the keyring or key file that holds this profile's key does not
 * answer, or the vault's own file is unreadable, so that no passphrase can help.
 */
export const vaultState = z.enum(['keyring', 'passphrase', 'key-file', 'locked', 'keyring-missing', 'not-created']);
export type VaultState = z.infer<typeof vaultState>;

export const appInfo = z.object({
  version: z.string(),
  stationId: z.string(),
  vault: vaultState,
  demo: z.boolean(),
  kiosk: z.boolean(),
  /** Nothing is set up: the first-run assistant opens. */
  firstRun: z.boolean(),
  look,
  /** Settings files that could not be read; kept aside, not overwritten. */
  unreadableFiles: z.array(z.string().max(300)),
  provisionProblems: z.array(provisionProblem),
  /** Where the database lives: must never change for a profile. */
  origin: z.string(),
});
export type AppInfo = z.infer<typeof appInfo>;

export const appArea = defineArea(
  'app',
  {
    info: call({ ask: z.null(), answer: appInfo, refuses: [] }),
    openWindow: call({ ask: z.null(), answer: z.null(), refuses: [] }),
    unlockVault: call({
      ask: z.object({ passphrase: z.string().max(1000) }),
      answer: z.null(),
      refuses: ['wrong-passphrase', 'too-many-tries'],
    }),
    /** First start without a keyring: a passphrase of 10 or more characters, or the administrator's choice of a key file. */
    createVault: call({
      ask: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('passphrase'), passphrase: z.string().max(1000) }),
        z.object({ kind: z.literal('key-file') }),
      ]),
      answer: z.null(),
      refuses: ['passphrase-too-short', 'vault-exists'],
    }),
    /** `practice` sets up the practice warehouse; else a provision document as text (JSON or YAML). */
    applyProvision: call({
      ask: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('practice') }),
        z.object({ kind: z.literal('document'), text: z.string().max(2_000_000) }),
      ]),
      answer: z.object({ problems: z.array(provisionProblem) }),
      refuses: ['provision-invalid', 'vault-locked', 'not-allowed'],
    }),
    /** A crash or error of the page, already without personal data; main redacts again and logs it. */
    reportProblem: call({
      ask: z.object({ event: z.string().max(200), detail: z.string().max(4000) }),
      answer: z.null(),
      refuses: [],
    }),
    saveLook: call({ ask: look, answer: z.null(), refuses: ['settings-not-saved'] }),
  },
  { infoChanged: event({ carries: appInfo }) },
);
