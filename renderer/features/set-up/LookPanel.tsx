import FormControlLabel from '@mui/material/FormControlLabel';
import Slider from '@mui/material/Slider';
import Switch from '@mui/material/Switch';
import type { ReactNode } from 'react';
import { language as languageSchema, theme as themeSchema, type Look } from '@shared/contract/app';
import { ActionButton } from '../../components/action-button/ActionButton';
import { ErrorSentencesPanel } from '../../components/error-sentences/ErrorSentencesPanel';
import { Segments } from '../../components/segments/Segments';
import type { ErrorSentences } from '../../i18n/error-messages';
import { LANGUAGE_NAMES } from '../../i18n/i18n';
import { useTexts } from '../../i18n/use-texts';
import styles from './LookPanel.module.css';

export interface LookPanelProps {
  readonly look: Look;
  readonly problem: ErrorSentences | null;
  readonly onSave: (look: Look) => void;
  readonly onTryVoice: (text: string) => void;
}

const THEME_ICON = { light: 'sun', dark: 'moon', system: 'contrast' } as const;

/** Language, colours and sounds of this station. Everything takes effect at once. */
export function LookPanel({ look, problem, onSave, onTryVoice }: LookPanelProps): ReactNode {
  const { t } = useTexts();
  return (
    <div className={styles['panel']}>
      <h2 className={styles['title']}>{t('setUp.section.look')}</h2>
      {problem === null ? null : <ErrorSentencesPanel sentences={problem} />}
      <div className={styles['card']}>
        <p className={styles['name']}>{t('look.language')}</p>
        <Segments
          name={t('look.language')}
          segments={languageSchema.options.map((key) => ({ key, text: LANGUAGE_NAMES[key] }))}
          chosen={look.language}
          onChoose={(language) => onSave({ ...look, language })}
        />
        <p className={styles['name']}>{t('look.theme')}</p>
        <Segments
          name={t('look.theme')}
          segments={themeSchema.options.map((key) => ({ key, text: t(`theme.${key}`), icon: THEME_ICON[key] }))}
          chosen={look.theme}
          onChoose={(theme) => onSave({ ...look, theme })}
        />
        <p className={styles['name']}>{t('look.volume')}</p>
        <Slider
          aria-label={t('look.volume')}
          value={Math.round(look.soundVolume * 100)}
          min={0}
          max={100}
          step={5}
          valueLabelDisplay="auto"
          onChange={(_event, value) => {
            if (typeof value === 'number') onSave({ ...look, soundVolume: value / 100 });
          }}
          sx={{ maxWidth: 420, height: 6, paddingBlock: '20px' }}
        />
        <p className={styles['name']}>{t('look.speak')}</p>
        <div className={styles['speak']}>
          <FormControlLabel
            control={
              <Switch checked={look.speakStops} onChange={(_event, speakStops) => onSave({ ...look, speakStops })} />
            }
            label={t('look.speakHint')}
            sx={{ minHeight: 44, margin: 0 }}
          />
          <ActionButton icon="sound" onAct={() => onTryVoice(t('packing.stoppedTitle'))}>
            {t('look.tryVoice')}
          </ActionButton>
        </div>
      </div>
    </div>
  );
}
