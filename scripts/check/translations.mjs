import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listSourceFiles } from './source-files.mjs';

const LANGUAGES = ['zh-CN', 'en'];
/** i18next's endings for counted texts. Chinese has one form, English two, so keys are compared without them. */
const PLURAL_ENDING = /_(zero|one|two|few|many|other)$/;
const LITERAL_KEY = /(?:\bt\(\s*|\bi18nKey=\{?)(['"`])((?:(?!\1)[^\\$])+)\1/g;

/**
 * Compares the two languages with each other and with the keys that the screens use: the same keys, no empty text, the
 * same {{placeholders}}, and a text for every literal key in t('…') and i18nKey="…".
 * @param {string} root project folder
 * @returns {string[] | undefined} problems, one line each; undefined while there are no translation files
 */
export function translationProblems(root) {
  const files = LANGUAGES.map((language) => join(root, 'renderer', 'i18n', `${language}.json`));
  const missingFiles = files.filter((file) => !existsSync(file));
  if (missingFiles.length === files.length) return undefined;
  if (missingFiles.length > 0) return missingFiles.map((file) => `missing: ${file}`);
  const [chinese, english] = files.map((file) => readTexts(file));
  return [
    ...compare(chinese, english, 'en.json'),
    ...compare(english, chinese, 'zh-CN.json'),
    ...emptyTexts(chinese, 'zh-CN.json'),
    ...emptyTexts(english, 'en.json'),
    ...comparePlaceholders(chinese, english),
    ...unknownKeys(root, chinese),
  ];
}

/** @returns {Map<string, { texts: string[], forms: Set<string> }>} by key without plural ending */
function readTexts(file) {
  const byKey = new Map();
  const visit = (value, path) => {
    if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) visit(inner, path === '' ? name : `${path}.${name}`);
      return;
    }
    const key = path.replace(PLURAL_ENDING, '');
    const entry = byKey.get(key) ?? { texts: [], forms: new Set() };
    entry.texts.push(value);
    entry.forms.add(PLURAL_ENDING.exec(path)?.[1] ?? '');
    byKey.set(key, entry);
  };
  visit(JSON.parse(readFileSync(file, 'utf8')), '');
  return byKey;
}

function compare(from, to, toName) {
  return [...from].flatMap(([key, { forms }]) => {
    const found = to.get(key);
    if (!found) return [`${toName} has no "${key}"`];
    // A counted text needs the form "other" in each language: it is the one that i18next falls back to.
    return forms.has('other') && !found.forms.has('other') ? [`${toName} has no "${key}_other"`] : [];
  });
}

function emptyTexts(texts, name) {
  return [...texts]
    .filter(([, entry]) => entry.texts.some((text) => typeof text !== 'string' || text.trim() === ''))
    .map(([key]) => `${name}: "${key}" is empty or not a text`);
}

function comparePlaceholders(chinese, english) {
  return [...chinese].flatMap(([key, entry]) => {
    const [here, there] = [placeholders(entry.texts), placeholders(english.get(key)?.texts ?? entry.texts)];
    return here === there ? [] : [`"${key}" has the placeholders ${here || 'none'} in zh-CN, ${there || 'none'} in en`];
  });
}

function placeholders(texts) {
  const names = texts.flatMap((text) => [...String(text).matchAll(/\{\{-?\s*([\w.]+)/g)].map((match) => match[1]));
  return [...new Set(names)].sort().join(' ');
}

function unknownKeys(root, texts) {
  return listSourceFiles(root, ['renderer'], /\.tsx?$/).flatMap((path) => {
    const source = readFileSync(join(root, path), 'utf8');
    const used = new Set([...source.matchAll(LITERAL_KEY)].map((match) => match[2]));
    return [...used].filter((key) => !texts.has(key)).map((key) => `${path} uses "${key}", which has no text`);
  });
}
