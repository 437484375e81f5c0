/** Lets the virtual printer's window see its labels through our own scheme, which is the only place that a page may ask. */
import { readOwnFile, type ServedContent } from './station-scheme';

/** What the window may ask of the printer. */
const ALLOWED = /^(?:(?:GET|POST) state|(?:GET|DELETE) labels|GET labels\/\d{1,9}\.(?:png|zpl))$/;
const ANSWER_LIMIT_MS = 20_000;

export class PracticeLabels {
  private port: number | null = null;

  /** @param folder absolute folder with the window's page */
  constructor(private readonly folder: string) {}

  /** The simulators are up: where the printer shows its labels, on this machine. */
  setPort(port: number): void {
    this.port = port;
  }

  /** Answers what follows `/virtual-printer/`. Null: not found, or there is no practice warehouse in this run. */
  async answer(path: string, method: string, body: string): Promise<ServedContent | null> {
    if (this.port === null) return null;
    if (!ALLOWED.test(`${method} ${path}`)) {
      return method === 'GET' ? readOwnFile(this.folder, path === '' ? '/index.html' : `/${path}`) : null;
    }
    const answer = await fetch(`http://127.0.0.1:${this.port}/${path}`, {
      method,
      ...(method === 'POST' ? { body } : {}),
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`the virtual printer answered ${answer.status}`);
    const type = answer.headers.get('content-type') ?? 'application/octet-stream';
    return { bytes: new Uint8Array(await answer.arrayBuffer()), type };
  }
}
