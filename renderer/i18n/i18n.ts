import { createInstance, type i18n, type ParseKeys } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '@shared/contract/app';
import chinese from './zh-CN.json';
import english from './en.json';

/** The base language: its file gives the type of every key. */
export const defaultTexts = chinese;

/** A key that exists in both languages. */
export type TextKey = ParseKeys;

/** Both languages are in the program, so that switching waits for nothing. The screen's language; labels have their own. */
export function createTexts(language: Language): i18n {
  const texts = createInstance();
  // With resources given and `initAsync` off, texts are there when this returns.
  void texts.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: chinese }, en: { translation: english } },
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  return texts;
}

/** The languages' own names, for the switch. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { 'zh-CN': '中文', en: 'English' };
