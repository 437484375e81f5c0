import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { AppInfo } from '@shared/contract/app';
import type { StationApi } from '@shared/contract/station';
import { LoadingPicture } from '../components/picture/Picture';
import { useTexts } from '../i18n/use-texts';
import { AtWork } from './AtWork';
import { PlainShell } from './PlainShell';
import { useReady, type Ready } from './ready';

const VaultScreen = lazy(async () => ({ default: (await import('../features/vault/VaultScreen')).VaultScreen }));
const FirstRunScreen = lazy(async () => ({
  default: (await import('../features/set-up/first-run/FirstRunScreen')).FirstRunScreen,
}));

/** The assistant stays until it is finished, also after its first step made the station no longer empty. */
type Assistant =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly step: 'welcome' | 'administrator'; readonly wantsVault: boolean };

export type GateStop = 'locked' | 'keyring-missing' | 'not-created' | 'assistant' | null;

/** What stands before the work. Pure. */
export function gateStop(
  info: Pick<AppInfo, 'vault' | 'firstRun'>,
  assistant: { readonly isOpen: boolean; readonly wantsVault: boolean },
): GateStop {
  if (info.vault === 'locked' || info.vault === 'keyring-missing') return info.vault;
  if (info.vault === 'not-created' && (!assistant.isOpen || assistant.wantsVault)) return 'not-created';
  return assistant.isOpen ? 'assistant' : null;
}

export interface GateProps {
  readonly station: StationApi;
  readonly info: AppInfo;
}

/** Lets nobody through to the work before the vault is open and the station is set up. */
export function Gate({ station, info }: GateProps): ReactNode {
  const [assistant, setAssistant] = useState<Assistant>(
    info.firstRun ? { kind: 'open', step: 'welcome', wantsVault: false } : { kind: 'closed' },
  );
  const stop = gateStop(info, {
    isOpen: assistant.kind === 'open',
    wantsVault: assistant.kind === 'open' && assistant.wantsVault,
  });
  if (stop === null) return <AtWork station={station} info={info} />;
  return (
    <PlainShell info={info}>
      <Suspense fallback={<Opening />}>
        {stop === 'assistant' ? (
          <FirstRunScreen
            vault={info.vault}
            initialStep={assistant.kind === 'open' ? assistant.step : 'welcome'}
            needVault={() => setAssistant({ kind: 'open', step: 'administrator', wantsVault: true })}
            finish={() => setAssistant({ kind: 'closed' })}
          />
        ) : (
          <VaultScreen vault={stop} />
        )}
        <Says ready={stop === 'assistant' ? 'first-run' : 'locked'} />
      </Suspense>
    </PlainShell>
  );
}

function Opening(): ReactNode {
  const { t } = useTexts();
  return <LoadingPicture title={t('app.loading')} />;
}

/** Rendered beside a screen that was loaded, so that it says "ready" no sooner than the screen is there. */
function Says({ ready }: { readonly ready: Ready }): null {
  useReady(ready);
  return null;
}
