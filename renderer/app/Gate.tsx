import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { AppInfo } from '@shared/contract/app';
import type { StationApi } from '@shared/contract/station';
import { FailedPicture, LoadingPicture } from '../components/picture/Picture';
import { useTexts } from '../i18n/use-texts';
import { useLook } from '../state/look-context';
import { ScanContext } from '../state/scan-context';
import { useSession, type SignedIn } from '../state/use-session';
import { AtWork } from './AtWork';
import { gateStop, type Assistant } from './gate-stop';
import { PlainShell } from './PlainShell';
import { useReady, type Ready } from './ready';
import { useScanning } from './use-scanning';

const VaultScreen = lazy(async () => ({ default: (await import('../features/vault/VaultScreen')).VaultScreen }));
const FirstRunScreen = lazy(async () => ({
  default: (await import('../features/set-up/first-run/FirstRunScreen')).FirstRunScreen,
}));

export interface GateProps {
  readonly station: StationApi;
  readonly info: AppInfo;
}

/** Scans are heard from the first screen on; who is signed in decides what a code is taken for. */
export function Gate({ station, info }: GateProps): ReactNode {
  const { t } = useTexts();
  const { look } = useLook();
  const session = useSession(station);
  const isSignedIn = session.kind === 'known' && session.person !== null;
  const scanning = useScanning(isSignedIn, look, t('packing.stoppedTitle'));
  return (
    <ScanContext value={scanning}>
      <GateBody station={station} info={info} session={session} />
    </ScanContext>
  );
}

/** Lets nobody through to the work before the vault is open and the station is set up. */
function GateBody({ station, info, session }: GateProps & { readonly session: SignedIn }): ReactNode {
  const [assistant, setAssistant] = useState<Assistant>({ kind: 'untouched' });
  const stop = gateStop(info, assistant);
  if (stop === null) return <AtWork station={station} info={info} session={session} />;
  if (stop === 'preparing-practice') {
    return (
      <PlainShell info={info}>
        <PreparingPractice problems={info.provisionProblems} />
      </PlainShell>
    );
  }
  return (
    <PlainShell info={info}>
      <Suspense fallback={<Opening />}>
        {stop === 'assistant' ? (
          <FirstRunScreen
            vault={info.vault}
            initialStep={assistant.kind === 'begun' ? assistant.step : 'welcome'}
            onBegin={() => setAssistant({ kind: 'begun', step: 'welcome', wantsVault: false })}
            needVault={() => setAssistant({ kind: 'begun', step: 'administrator', wantsVault: true })}
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

function PreparingPractice({ problems }: { readonly problems: AppInfo['provisionProblems'] }): ReactNode {
  const { t } = useTexts();
  const [first] = problems;
  useReady(first === undefined ? null : 'failed');
  return first === undefined ? (
    <LoadingPicture title={t('app.preparingPractice')} hint={t('app.preparingPracticeHint')} />
  ) : (
    <FailedPicture title={t('app.failed')} hint={`${first.path}: ${first.problem}`} />
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
