import type { ReactNode } from 'react';
import { language as languageSchema, theme as themeSchema } from '@shared/contract/app';
import { createTexts } from '../../i18n/i18n';
import { Look } from '../Look';
import { Catalogue } from './Catalogue';

const asked = new URLSearchParams(window.location.search);
const language = languageSchema.catch('zh-CN').parse(asked.get('lang'));
const theme = themeSchema.catch('light').parse(asked.get('theme'));
const texts = createTexts(language);

/** The catalogue with the language and theme that the address asks for: `?lang=en&theme=dark#/catalogue/…`. */
export function CataloguePage(): ReactNode {
  return (
    <Look texts={texts} language={language} theme={theme}>
      <Catalogue />
    </Look>
  );
}
