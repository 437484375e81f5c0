import type { ReactNode } from 'react';
import { NavRail } from './NavRail';
import { NoticeStrip } from './NoticeStrip';
import type { Route } from './routes';
import type { ShellActs } from './shell-acts';
import type { ShellView } from './shell-view';
import { TopBar } from './TopBar';
import styles from './Shell.module.css';

export interface ShellProps {
  readonly view: ShellView;
  /** Null where there is nothing to move between yet: locked, first run, nobody signed in. */
  readonly route: Route | null;
  readonly acts: ShellActs;
  readonly children: ReactNode;
}

/** What stands around every screen: who, which station, how fresh, what is wrong, and where one can go. */
export function Shell({ view, route, acts, children }: ShellProps): ReactNode {
  return (
    <div className={styles['shell']}>
      <TopBar view={view} acts={acts} />
      <NoticeStrip notices={view.notices} />
      <div className={styles['middle']}>
        {route === null ? null : <NavRail route={route} parked={view.parked} onGo={acts.go} />}
        <main className={styles['main']} id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  );
}
