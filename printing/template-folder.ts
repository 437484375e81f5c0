/** Reads the label templates of a folder (resources/label-templates). */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseLabelTemplate, type LabelTemplate } from './documents/label-template';

export interface TemplateFileProblem {
  readonly file: string;
  /** Where in the file, for example `elements[3].box`; empty when the file is no JSON. */
  readonly path: string;
  readonly message: string;
}

export interface LoadedTemplates {
  readonly templates: ReadonlyMap<string, LabelTemplate>;
  /** Templates that were refused, and where they are wrong. One bad file never takes the others away. */
  readonly problems: readonly TemplateFileProblem[];
}

const parseJson = (text: string): { readonly value: unknown } | { readonly message: string } => {
  try {
    return { value: JSON.parse(text) };
  } catch (cause) {
    return { message: cause instanceof Error ? cause.message : 'is not JSON' };
  }
};

/** Loads every `*.json` of a folder. @throws the file system's error when the folder itself cannot be read. */
export const loadLabelTemplates = async (folder: string): Promise<LoadedTemplates> => {
  const templates = new Map<string, LabelTemplate>();
  const problems: TemplateFileProblem[] = [];
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()) {
    const json = parseJson(await readFile(join(folder, file), 'utf8'));
    if ('message' in json) {
      problems.push({ file, path: '', message: json.message });
      continue;
    }
    const parsed = parseLabelTemplate(json.value);
    if (parsed.ok) templates.set(parsed.value.id, parsed.value);
    else problems.push(...parsed.error.map((problem) => ({ file, ...problem })));
  }
  return { templates, problems };
};
