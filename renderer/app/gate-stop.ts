import type { AppInfo } from '@shared/contract/app';

/** `untouched`: it opens as long as main says that nothing is set up. Once begun it stays until it is finished. */
export type Assistant =
  | { readonly kind: 'untouched' }
  | { readonly kind: 'begun'; readonly step: 'welcome' | 'administrator'; readonly wantsVault: boolean }
  | { readonly kind: 'closed' };

export type GateStop = 'locked' | 'keyring-missing' | 'not-created' | 'preparing-practice' | 'assistant' | null;

/** What stands before the work. Pure. */
export function gateStop(info: Pick<AppInfo, 'vault' | 'firstRun' | 'demo'>, assistant: Assistant): GateStop {
  if (info.vault === 'locked' || info.vault === 'keyring-missing') return info.vault;
  const isOpen = assistant.kind === 'begun' || (assistant.kind === 'untouched' && info.firstRun);
  if (info.demo && info.firstRun) return 'preparing-practice';
  const wantsVault = assistant.kind === 'begun' && assistant.wantsVault;
  if (info.vault === 'not-created' && (!isOpen || wantsVault)) return 'not-created';
  return isOpen ? 'assistant' : null;
}
