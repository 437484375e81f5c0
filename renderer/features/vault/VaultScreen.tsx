import type { ReactNode } from 'react';
import type { VaultState } from '@shared/contract/app';
import { useStation } from '../../state/station-context';
import { useAct } from '../../state/use-act';
import { CreateVaultPanel, KeyringMissingPanel, UnlockPanel } from './VaultPanel';

/** What stands between a start and an open vault. Main tells by `infoChanged` when it is open. */
export function VaultScreen({
  vault,
}: {
  readonly vault: Extract<VaultState, 'locked' | 'keyring-missing' | 'not-created'>;
}): ReactNode {
  const station = useStation();
  const { busy, problem, run } = useAct();
  switch (vault) {
    case 'locked':
      return (
        <UnlockPanel
          busy={busy}
          problem={problem}
          onUnlock={(passphrase) => void run(() => station.app.unlockVault({ passphrase }))}
        />
      );
    case 'not-created':
      return (
        <CreateVaultPanel
          busy={busy}
          problem={problem}
          onPassphrase={(passphrase) => void run(() => station.app.createVault({ kind: 'passphrase', passphrase }))}
          onKeyFile={() => void run(() => station.app.createVault({ kind: 'key-file' }))}
        />
      );
    case 'keyring-missing':
      return <KeyringMissingPanel />;
  }
}
