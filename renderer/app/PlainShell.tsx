import type { ReactNode } from 'react';
import type { AppInfo } from '@shared/contract/app';
import { useLook } from '../state/look-context';
import { useNow } from '../state/use-now';
import { Shell } from './Shell';
import { shellNotices } from './shell-view';

const nothing = (): void => undefined;

/** The shell before anybody is signed in: language and theme, and what is wrong with the files. */
export function PlainShell({ info, children }: { readonly info: AppInfo; readonly children: ReactNode }): ReactNode {
  const { look, save } = useLook();
  const now = useNow(60_000);
  return (
    <Shell
      view={{
        now,
        stationId: info.stationId,
        isDemo: info.demo,
        stores: [],
        person: null,
        notices: shellNotices({
          disk: 'fine',
          databaseFailed: false,
          stores: [],
          unsent: 0,
          isKeyFile: info.vault === 'key-file',
          unreadableFiles: info.unreadableFiles,
        }),
        theme: look.theme,
        parked: 0,
      }}
      route={null}
      acts={{
        go: nothing,
        setLanguage: (language) => save({ ...look, language }),
        setTheme: (theme) => save({ ...look, theme }),
        signOut: nothing,
      }}
    >
      {children}
    </Shell>
  );
}
