import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Language } from '@shared/contract/app';

/** Texts of the language on screen, and which one that is. */
export function useTexts(): { readonly t: TFunction; readonly language: Language } {
  const { t, i18n } = useTranslation();
  return { t, language: i18n.resolvedLanguage === 'en' ? 'en' : 'zh-CN' };
}
