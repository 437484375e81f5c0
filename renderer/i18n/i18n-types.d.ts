import type { defaultTexts } from './i18n';

/** Keys of t() are the paths of zh-CN.json: a key that does not exist does not compile. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    returnNull: false;
    resources: { translation: typeof defaultTexts };
  }
}
