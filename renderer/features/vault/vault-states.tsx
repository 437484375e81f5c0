/** The vault's screens in their states. */
import type { NamedState } from '../../components/catalogue/named-state';
import { CreateVaultPanel, KeyringMissingPanel, UnlockPanel } from './VaultPanel';

const nothing = (): void => undefined;
const wrong = { happened: '口令不对。', means: '密钥库仍然锁着。', next: '再输入一次，注意大小写。' };

export const vaultStates: readonly NamedState[] = [
  {
    name: 'vault/locked',
    within: 'gate',
    render: () => <UnlockPanel busy={false} problem={null} onUnlock={nothing} />,
  },
  {
    name: 'vault/wrong-passphrase',
    within: 'gate',
    render: () => <UnlockPanel busy={false} problem={wrong} onUnlock={nothing} />,
  },
  {
    name: 'vault/not-created',
    within: 'gate',
    render: () => <CreateVaultPanel busy={false} problem={null} onPassphrase={nothing} onKeyFile={nothing} />,
  },
  { name: 'vault/keyring-missing', within: 'gate', render: () => <KeyringMissingPanel /> },
];
