import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { ThemeProvider } from '@mui/material/styles';
import type { i18n } from 'i18next';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import type { Language, Theme } from '@shared/contract/app';
import { applyPalette, type Mode } from '../styles/palette';
import { makeTheme } from '../styles/theme';

const DARK = '(prefers-color-scheme: dark)';

/** The system's choice of light or dark, live. */
function useSystemMode(): Mode {
  const [mode, setMode] = useState<Mode>(() => (window.matchMedia(DARK).matches ? 'dark' : 'light'));
  useEffect(() => {
    const query = window.matchMedia(DARK);
    const onChange = (): void => setMode(query.matches ? 'dark' : 'light');
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, []);
  return mode;
}

/** Emotion writes style tags; the page's policy lets in only those with this load's nonce. */
const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';
const styleCache = createCache({ key: 'tallyman', nonce, prepend: true });

export interface LookProps {
  readonly texts: i18n;
  readonly language: Language;
  readonly theme: Theme;
  readonly children: ReactNode;
}

/** Language and colours around everything; both change live, without losing what is on screen. */
export function Look({ texts, language, theme, children }: LookProps): ReactNode {
  const system = useSystemMode();
  const mode = theme === 'system' ? system : theme;
  const muiTheme = useMemo(() => makeTheme(mode), [mode]);
  useEffect(() => {
    applyPalette(document.documentElement, mode);
  }, [mode]);
  useEffect(() => {
    document.documentElement.lang = language;
    if (texts.resolvedLanguage !== language) void texts.changeLanguage(language);
  }, [texts, language]);
  return (
    <CacheProvider value={styleCache}>
      <ThemeProvider theme={muiTheme}>
        <I18nextProvider i18n={texts}>{children}</I18nextProvider>
      </ThemeProvider>
    </CacheProvider>
  );
}
