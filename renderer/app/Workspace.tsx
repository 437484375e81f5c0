import { lazy, Suspense, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { AppInfo } from '@shared/contract/app';
import type { StationApi } from '@shared/contract/station';
import type { Person } from '@shared/domain/person';
import { LoadingPicture } from '../components/picture/Picture';
import { PackingScreen } from '../features/packing/PackingScreen';
import { SignInScreen } from '../features/sign-in/SignInScreen';
import { useTexts } from '../i18n/use-texts';
import type { Bench } from '../index-memory/start-bench';
import { BenchDeskContext } from '../state/bench-desk';
import { useIndexStatus } from '../state/bench-context';
import { useLook } from '../state/look-context';
import { useScanningDesk } from '../state/scan-context';
import { StopGate } from '../state/stop-gate';
import { ErrorBoundary } from './ErrorBoundary';
import { PlainShell } from './PlainShell';
import { useReady } from './ready';
import { ScanDesk } from './ScanDesk';
import { Shell } from './Shell';
import type { Route } from './routes';
import { useRoute } from './use-route';
import { useShellView } from './use-shell-view';

const QueueScreen = lazy(async () => ({ default: (await import('../features/queue/QueueScreen')).QueueScreen }));
const DeliveriesScreen = lazy(async () => ({
  default: (await import('../features/deliveries/DeliveriesScreen')).DeliveriesScreen,
}));
const PrintingScreen = lazy(async () => ({
  default: (await import('../features/printing/PrintingScreen')).PrintingScreen,
}));
const SetUpScreen = lazy(async () => ({ default: (await import('../features/set-up/SetUpScreen')).SetUpScreen }));

export interface WorkspaceProps {
  readonly station: StationApi;
  readonly info: AppInfo;
  readonly bench: Bench;
  readonly person: Person | null;
}

/** Signed in or not, scans are heard; what is shown follows from who is there and where they went. */
export function Workspace({ station, info, bench, person }: WorkspaceProps): ReactNode {
  const [gate] = useState(() => new StopGate());
  const scanning = useScanningDesk();
  const { feedback } = scanning;
  useEffect(() => bench.session.onSound((sound) => feedback.play(sound)), [bench, feedback]);
  const desk = useMemo(
    () => ({ gate, feedback: scanning.feedback, inputMethodIsOn: scanning.inputMethodIsOn }),
    [gate, scanning],
  );
  const status = useIndexStatus(bench);
  useReady(status.kind === 'loading' ? null : person === null ? 'sign-in' : 'work');
  return (
    <BenchDeskContext value={desk}>
      {person === null ? (
        <PlainShell info={info}>
          <SignInScreen isDemo={info.demo} onRefused={() => scanning.feedback.play('unknown-code')} />
        </PlainShell>
      ) : (
        <SignedIn station={station} info={info} bench={bench} person={person} />
      )}
    </BenchDeskContext>
  );
}

function SignedIn({ station, info, bench, person }: WorkspaceProps & { readonly person: Person }): ReactNode {
  const { look, save } = useLook();
  const { route, go } = useRoute();
  const [sought, setSought] = useState('');
  const view = useShellView({ station, info, bench, person, theme: look.theme });
  const signOut = (): void => {
    void station.session.signOut(null);
  };
  return (
    <>
      <ScanDesk
        station={station}
        bench={bench}
        person={person}
        onCode={() => go('packing')}
        onSeek={(code) => {
          setSought(code);
          go('queue');
        }}
        onSignOut={signOut}
        onHelp={() => go('set-up')}
      />
      <Shell
        view={view}
        route={route}
        acts={{
          go,
          setLanguage: (language) => save({ ...look, language }),
          setTheme: (theme) => save({ ...look, theme }),
          signOut,
        }}
      >
        <ErrorBoundary station={station} resetKey={route}>
          <Suspense fallback={<Coming />}>
            <Screen
              route={route}
              info={info}
              bench={bench}
              person={person}
              sought={sought}
              onPacking={() => go('packing')}
            />
          </Suspense>
        </ErrorBoundary>
      </Shell>
    </>
  );
}

interface ScreenProps {
  readonly route: Route;
  readonly info: AppInfo;
  readonly bench: Bench;
  readonly person: Person;
  readonly sought: string;
  readonly onPacking: () => void;
}

function Screen({ route, info, bench, person, sought, onPacking }: ScreenProps): ReactNode {
  const { look, save } = useLook();
  switch (route) {
    case 'packing':
      return <PackingScreen person={person} />;
    case 'queue':
      return (
        <QueueScreen
          key={sought}
          person={person}
          initialText={sought}
          pack={(id) => {
            if (bench.session.openFromList(id)) onPacking();
          }}
        />
      );
    case 'deliveries':
      return <DeliveriesScreen person={person} />;
    case 'printing':
      return <PrintingScreen person={person} isDemo={info.demo} />;
    case 'set-up':
      return (
        <SetUpScreen person={person} look={look} saveLook={save} tryVoice={(text) => sayAloud(text, look.language)} />
      );
  }
}

function sayAloud(text: string, language: string): void {
  if (typeof speechSynthesis === 'undefined') return;
  const said = new SpeechSynthesisUtterance(text);
  said.lang = language;
  speechSynthesis.speak(said);
}

function Coming(): ReactNode {
  const { t } = useTexts();
  return <LoadingPicture title={t('app.loading')} />;
}
