import { useMemo, type ReactNode } from 'react';
import type { AppInfo } from '@shared/contract/app';
import type { StationApi } from '@shared/contract/station';
import type { DatabaseProblem } from '../data/database';
import { FailedPicture, LoadingPicture } from '../components/picture/Picture';
import { useTexts } from '../i18n/use-texts';
import { BenchContext } from '../state/bench-context';
import { StoresContext, useStoresOf } from '../state/stores-context';
import { PeopleContext } from '../state/people-context';
import { usePeopleNames } from '../state/use-people-names';
import type { SignedIn } from '../state/use-session';
import { PlainShell } from './PlainShell';
import { useReady } from './ready';
import { useBenchStart } from './use-bench-start';
import { Workspace } from './Workspace';

export interface AtWorkProps {
  readonly station: StationApi;
  readonly info: AppInfo;
  readonly session: SignedIn;
}

/** The station is set up and open: its data side runs in this window, whoever is signed in. */
export function AtWork({ station, info, session }: AtWorkProps): ReactNode {
  const { t } = useTexts();
  const person = session.kind === 'known' ? session.person : null;
  const start = useBenchStart(station, info.stationId, person);
  const stores = useStoresOf(station);
  const nameOf = usePeopleNames(station);
  if (start.kind === 'refused') {
    return (
      <PlainShell info={info}>
        <NoDatabase problem={start.problem} />
      </PlainShell>
    );
  }
  if (start.kind === 'starting' || session.kind === 'asking') {
    return (
      <PlainShell info={info}>
        <LoadingPicture title={t('app.loading')} hint={t('app.loadingHint')} />
      </PlainShell>
    );
  }
  return (
    <StoresContext value={stores}>
      <PeopleContext value={nameOf}>
        <BenchContext value={start.bench}>
          <Workspace station={station} info={info} bench={start.bench} person={person} />
        </BenchContext>
      </PeopleContext>
    </StoresContext>
  );
}

function NoDatabase({ problem }: { readonly problem: DatabaseProblem }): ReactNode {
  const { t } = useTexts();
  useReady('failed');
  const hint = useMemo(
    () => (problem.code === 'database-newer' ? t('app.databaseNewer') : t('app.databaseFailed')),
    [problem, t],
  );
  return <FailedPicture title={t('app.failed')} hint={hint} />;
}
