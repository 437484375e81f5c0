/** The station's own flags. Chromium's switches stand on the same line and pass through. */
import { resolve } from 'node:path';
import type { Language } from '@shared/contract/app';
import { ok, refuse, type Result } from '@shared/language/result';

export interface CommandLine {
  /** Absolute path of the profile's folder; null: the default one. */
  readonly profileDir: string | null;
  /** Absolute path of a provision document; null: none. */
  readonly provisionFile: string | null;
  readonly language: Language | null;
  readonly kiosk: boolean;
  readonly demo: boolean;
}

const WITH_VALUE = ['profile', 'provision', 'lang'] as const;
const WITHOUT_VALUE = ['kiosk', 'demo'] as const;
const OURS: readonly string[] = [...WITH_VALUE, ...WITHOUT_VALUE];

export const FLAGS_HELP = `Flags of the station:
  --profile DIR        folder for this station's data
  --provision FILE     shops, printers, people and settings as one JSON or YAML document
  --lang zh-CN|en      language of the screen
  --kiosk              full screen, without a menu
  --demo               the practice warehouse, on this machine only`;

/**
 * Reads the flags. @param args the command line without the program (and without the project's folder in development)
 * @param cwd folder that relative paths start from
 * Refuses with one sentence for the person who typed it: a value that is missing or wrong, or a flag that looks like one of
 * ours misspelt. Any other `--switch` is Chromium's business.
 */
export function parseCommandLine(args: readonly string[], cwd: string): Result<CommandLine, string> {
  const values = new Map<string, string>();
  for (let index = 0; index < args.length; index += 1) {
    const flag = /^--([^=]+)(?:=(.*))?$/s.exec(args[index] ?? '');
    const [, name, joined] = flag ?? [];
    if (name === undefined) continue;
    if (includes(WITHOUT_VALUE, name)) {
      if (joined !== undefined) return refuse(`--${name} takes no value.`);
      values.set(name, '');
    } else if (includes(WITH_VALUE, name)) {
      const following = args[index + 1];
      const value = joined ?? (following?.startsWith('--') === true ? undefined : following);
      if (value === undefined || value === '') return refuse(`--${name} needs a value after it.`);
      if (joined === undefined) index += 1;
      values.set(name, value);
    } else {
      const meant = OURS.find((ours) => isMisspelling(name, ours));
      if (meant !== undefined) return refuse(`There is no flag --${name}. Did you mean --${meant}?`);
    }
  }
  return readValues(values, cwd);
}

function readValues(values: ReadonlyMap<string, string>, cwd: string): Result<CommandLine, string> {
  const language = values.get('lang') ?? null;
  if (language !== null && language !== 'zh-CN' && language !== 'en') {
    return refuse('--lang takes zh-CN or en.');
  }
  const pathOf = (name: string): string | null => {
    const value = values.get(name);
    return value === undefined ? null : resolve(cwd, value);
  };
  return ok({
    profileDir: pathOf('profile'),
    provisionFile: pathOf('provision'),
    language,
    kiosk: values.has('kiosk'),
    demo: values.has('demo'),
  });
}

const includes = (names: readonly string[], name: string): boolean => names.includes(name);

/** One slip in a short name, two in a long one. */
const isMisspelling = (typed: string, ours: string): boolean =>
  editDistance(typed.toLowerCase(), ours) <= (ours.length > 5 ? 2 : 1);

/** Levenshtein distance. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [line, char] of [...from].entries()) {
    const next = [line + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (to[column - 1] === char ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? Math.max(from.length, to.length);
}
