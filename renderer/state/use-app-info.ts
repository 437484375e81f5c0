import { useEffect, useState } from 'react';
import type { AppInfo } from '@shared/contract/app';
import type { StationError } from '@shared/contract/envelope';
import type { StationApi } from '@shared/contract/station';
import type { Asked } from './use-asked';

/** What the program is and how it stands: vault, first run, look. Followed live. */
export function useAppInfo(station: StationApi): Asked<AppInfo> {
  const [info, setInfo] = useState<AppInfo | null>(null);
  const [error, setError] = useState<StationError | null>(null);
  useEffect(() => {
    let told = false;
    const cancel = station.app.on.infoChanged((changed) => {
      told = true;
      setInfo(changed);
    });
    void station.app.info(null).then((reply) => {
      if (told) return;
      if (reply.ok) setInfo(reply.value);
      else setError(reply.error);
    });
    return cancel;
  }, [station]);
  if (info !== null) return { kind: 'answered', value: info };
  return error === null ? { kind: 'asking' } : { kind: 'refused', error };
}
