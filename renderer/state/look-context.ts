import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react';
import type { Look } from '@shared/contract/app';
import type { StationApi } from '@shared/contract/station';

export interface LookSetting {
  readonly look: Look;
  /** Takes effect at once and is kept by main a moment later. */
  readonly save: (look: Look) => void;
}

export const LookContext = createContext<LookSetting | null>(null);

/** @throws Error outside the app. */
export function useLook(): LookSetting {
  const setting = useContext(LookContext);
  if (setting === null) throw new Error('no look here');
  return setting;
}

const SETTLE_MS = 300;

/** Language, theme and sounds: what main keeps, or what was chosen here a moment ago. @param kept null until main has told it. */
export function useLookOf(station: StationApi, kept: Look | null, beforehand: Look): LookSetting {
  const [chosen, setChosen] = useState<Look | null>(null);
  const timer = useRef<number | null>(null);
  // What main tells later is newer: another window changed it.
  useEffect(() => setChosen(null), [kept]);
  const save = useCallback(
    (look: Look) => {
      setChosen(look);
      if (timer.current !== null) window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => {
        timer.current = null;
        void station.app.saveLook(look).then((reply) => {
          if (!reply.ok) setChosen(null);
        });
      }, SETTLE_MS);
    },
    [station],
  );
  return { look: chosen ?? kept ?? beforehand, save };
}
