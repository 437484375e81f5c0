import { useEffect, useState } from 'react';
import type { AppInfo, Theme } from '@shared/contract/app';
import type { StationApi } from '@shared/contract/station';
import type { Person } from '@shared/domain/person';
import type { Bench } from '../index-memory/start-bench';
import { useCounters, useIndexStatus } from '../state/bench-context';
import { useStores } from '../state/stores-context';
import { useNow } from '../state/use-now';
import { shellNotices, type ShellView, type StoreChip } from './shell-view';

type Disk = Parameters<typeof shellNotices>[0]['disk'];

/** What main last said of the journal's disk. */
function useDisk(station: StationApi): Disk {
  const [disk, setDisk] = useState<Disk>('fine');
  useEffect(() => station.journal.on.trouble(({ code }) => setDisk(code)), [station]);
  return disk;
}

/** Trouble of the ingest worker with the database. */
function useIngestTrouble(bench: Bench): boolean {
  const [isTroubled, setTroubled] = useState(false);
  useEffect(
    () =>
      bench.channel.listen((message) => {
        if (message.kind === 'ingest-trouble') setTroubled(true);
        else if (message.kind === 'plans-changed') setTroubled(false);
      }),
    [bench],
  );
  return isTroubled;
}

export interface ShellFacts {
  readonly station: StationApi;
  readonly info: AppInfo;
  readonly bench: Bench;
  readonly person: Person;
  readonly theme: Theme;
}

const EVERY_MS = 5_000;

/** What stands around the screens, followed live. */
export function useShellView({ station, info, bench, person, theme }: ShellFacts): ShellView {
  const stores = useStores();
  const counters = useCounters(bench);
  const status = useIndexStatus(bench);
  const disk = useDisk(station);
  const isTroubled = useIngestTrouble(bench);
  const now = useNow(EVERY_MS);
  const chips = (stores.list ?? []).map(({ policy, freshness }): StoreChip => ({
    storeId: policy.storeId,
    name: policy.name,
    state: freshness.state,
    caughtUpAt: freshness.caughtUpAt,
    failingSince: freshness.failingSince,
  }));
  return {
    now,
    stationId: info.stationId,
    isDemo: info.demo,
    stores: chips,
    person: { name: person.name, role: person.role },
    notices: shellNotices({
      disk,
      databaseFailed: isTroubled || status.kind === 'failed',
      stores: chips,
      unsent: counters.unsent,
      isKeyFile: info.vault === 'key-file',
      unreadableFiles: info.unreadableFiles,
    }),
    theme,
    parked: counters.parked,
  };
}
