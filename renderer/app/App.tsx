import { useState, type ReactNode } from 'react';
import type { Look as LookSettings } from '@shared/contract/app';
import type { StationError } from '@shared/contract/envelope';
import { FailedPicture, LoadingPicture } from '../components/picture/Picture';
import { describeError } from '../i18n/error-messages';
import { createTexts } from '../i18n/i18n';
import { useTexts } from '../i18n/use-texts';
import { windowStation } from '../services/station-api';
import { LookContext, useLookOf } from '../state/look-context';
import { StationContext } from '../state/station-context';
import { useAppInfo } from '../state/use-app-info';
import { valueOf } from '../state/use-asked';
import { ErrorBoundary } from './ErrorBoundary';
import { Gate } from './Gate';
import { Look } from './Look';
import { useReady } from './ready';

/** Until main has told what this station looks like. */
const BEFOREHAND: LookSettings = {
  language: navigator.language.startsWith('zh') ? 'zh-CN' : 'en',
  theme: 'system',
  soundVolume: 0.8,
  speakStops: false,
};

/** One window of the station. */
export function App(): ReactNode {
  const [station] = useState(windowStation);
  const [texts] = useState(() => createTexts(BEFOREHAND.language));
  const info = useAppInfo(station);
  const setting = useLookOf(station, valueOf(info)?.look ?? null, BEFOREHAND);
  const { look } = setting;
  return (
    <Look texts={texts} language={look.language} theme={look.theme}>
      <StationContext value={station}>
        <LookContext value={setting}>
          <ErrorBoundary station={station}>
            {info.kind === 'answered' ? <Gate station={station} info={info.value} /> : null}
            {info.kind === 'asking' ? <Opening /> : null}
            {info.kind === 'refused' ? <NotOpened error={info.error} /> : null}
          </ErrorBoundary>
        </LookContext>
      </StationContext>
    </Look>
  );
}

function Opening(): ReactNode {
  const { t } = useTexts();
  return <LoadingPicture title={t('app.loading')} hint={t('app.loadingHint')} />;
}

function NotOpened({ error }: { readonly error: StationError }): ReactNode {
  const { t } = useTexts();
  const sentences = describeError(t, error);
  useReady('failed');
  return <FailedPicture title={t('app.failed')} hint={`${sentences.happened}\n${sentences.next}`} />;
}
