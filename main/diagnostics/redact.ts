/**
 * Takes personal data and secrets out of everything that is about to be written down. Two nets: keys whose name says what
 * they hold, and patterns in text. Names of people can only be caught by key, so callers log event names and ids anyway.
 */
import { homedir } from 'node:os';

const REDACTED = '[redacted]';

const SENSITIVE_KEY =
  /(name|phone|mobile|^tel$|address|street|city|province|district|postal|zip|contact|recipient|receiver|sender|buyer|customer|email|mail|token|secret|password|passphrase|^pin$|badge|authori[sz]ation|cookie|memo|remark|credential|^key$|(api|secret|private|profile|field|photo|money|search|access|session)_?key$)/i;

/** Ids, and names of things, whose key would otherwise look like a person's. */
const HARMLESS_KEY = /(Ids?$)|^(fileName|eventName|className)$/;

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\bBearer\s+\S+/gi, 'Bearer [token]'],
  [/\bBasic\s+[A-Za-z0-9+/=]{8,}/g, 'Basic [token]'],
  [/\beyJ[\w-]{6,}\.[\w-]+\.[\w-]*/g, '[token]'],
  [/\b(?:sk|pk|rk)_[A-Za-z0-9_]{12,}/g, '[token]'],
  [/\b[0-9a-fA-F]{64,}\b/g, '[key]'],
  [/(?<![\w+/])[A-Za-z0-9+/]{43,}={0,2}/g, '[key]'],
  [/\b(https?:\/\/)[^/\s@]+@/g, '$1'],
  [/(\bhttps?:\/\/[^\s?#"']+)[?#][^\s"']*/g, '$1'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[email]'],
  // International numbers with their plus sign.
  [/\+\d{1,3}[- ]?\d{2,4}(?:[- ]?\d{2,4}){2,3}(?!\d)/g, '[phone]'],
  // Mainland mobile numbers, also written 138 1234 5678 or +86-138-1234-5678.
  [/(?<![\dA-Za-z])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g, '[phone]'],
  [/(?<![\d-])0\d{2,3}-\d{7,8}(?!\d)/g, '[phone]'],
  // Chinese postal addresses: at least two place words in a row.
  [
    /(?:[\u4e00-\u9fff0-9A-Za-z]{1,12}?(?:省|自治区|市|区|县|镇|乡|村|路|街|道|巷|弄|号|栋|幢|单元|室)){2,}/g,
    '[address]',
  ],
];

/** Text without the patterns of personal data and secrets, at most 4000 characters. */
export function redactText(text: string): string {
  let clean = text.length > 4_000 ? `${text.slice(0, 4_000)}…` : text;
  for (const [pattern, replacement] of PATTERNS) clean = clean.replace(pattern, replacement);
  const home = homedir();
  return home.length > 3 ? clean.split(home).join('~') : clean;
}

const holdsSecret = (key: string): boolean => SENSITIVE_KEY.test(key) && !HARMLESS_KEY.test(key);

/** A copy that may be written down: sensitive keys emptied, text cleaned, bytes and depth cut. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return redactPlain(value);
  if (value instanceof Error) return describeError(value);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (depth >= 5) return '[deeper]';
  if (Array.isArray(value)) return value.slice(0, 50).map((entry) => redact(entry, depth + 1));
  const copy: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    copy[key] = holdsSecret(key) && entry !== null ? REDACTED : redact(entry, depth + 1);
  }
  return copy;
}

/** What JSON cannot write becomes a word. */
function redactPlain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  return typeof value === 'function' || typeof value === 'symbol' ? `[${typeof value}]` : value;
}

/** Any thrown thing as a record that may be written down, with its cause. */
export function describeError(error: unknown, depth = 0): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { thrown: redactText(typeof error === 'string' ? error : typeof error) };
  const described: Record<string, unknown> = { type: error.name, message: redactText(error.message) };
  if ('code' in error && (typeof error.code === 'string' || typeof error.code === 'number')) {
    described['code'] = error.code;
  }
  if (error.stack !== undefined) described['stack'] = redactText(stackFrames(error.stack));
  if (error.cause !== undefined && depth < 3) described['cause'] = describeError(error.cause, depth + 1);
  return described;
}

/** Only the frames: the head of a stack repeats the message. */
const stackFrames = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 20)
    .join('\n');
