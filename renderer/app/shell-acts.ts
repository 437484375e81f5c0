import type { Language, Theme } from '@shared/contract/app';
import type { Route } from './routes';

/** What can be done around every screen. */
export interface ShellActs {
  readonly go: (route: Route) => void;
  readonly setLanguage: (language: Language) => void;
  readonly setTheme: (theme: Theme) => void;
  readonly signOut: () => void;
}
