/**
 * Pages on their way to the worker. Each takes a credit until the worker says "applied" or "failed"; the most urgent waits
 * the shortest. When the worker goes, whoever waits learns it.
 */
export type PageFate =
  { readonly kind: 'applied' } | { readonly kind: 'failed'; readonly code: string } | { readonly kind: 'gone' };

interface Waiting {
  readonly urgency: number;
  readonly order: number;
  readonly send: (pageId: number) => void;
  readonly done: (fate: PageFate) => void;
}

export class PageDesk {
  private credits = 0;
  private lastPageId = 0;
  private arrivals = 0;
  private open = false;
  private queue: Waiting[] = [];
  private readonly underWay = new Map<number, (fate: PageFate) => void>();

  /** A worker is there, with so many credits. */
  begin(credits: number): void {
    this.credits = credits;
    this.open = true;
    this.serve();
  }

  /** The worker is gone: no page that is under way or waits will be applied by it. */
  end(): void {
    this.open = false;
    this.credits = 0;
    const told = [...this.underWay.values(), ...this.queue.map((waiting) => waiting.done)];
    this.underWay.clear();
    this.queue = [];
    for (const done of told) done({ kind: 'gone' });
  }

  /** @param urgency smaller goes first. @param send posts the page under the id that it gets. @returns what became of it. */
  submit(urgency: number, send: (pageId: number) => void): Promise<PageFate> {
    if (!this.open) return Promise.resolve({ kind: 'gone' });
    return new Promise((done) => {
      this.arrivals += 1;
      this.queue.push({ urgency, order: this.arrivals, send, done });
      this.serve();
    });
  }

  /** The worker's word about a page; a second word about the same one changes nothing. */
  settle(pageId: number, fate: PageFate): void {
    const done = this.underWay.get(pageId);
    if (done === undefined) return;
    this.underWay.delete(pageId);
    this.credits += 1;
    done(fate);
    this.serve();
  }

  private serve(): void {
    while (this.credits > 0 && this.queue.length > 0) {
      const next = this.queue.reduce((best, each) =>
        each.urgency < best.urgency || (each.urgency === best.urgency && each.order < best.order) ? each : best,
      );
      this.queue.splice(this.queue.indexOf(next), 1);
      this.credits -= 1;
      this.lastPageId += 1;
      this.underWay.set(this.lastPageId, next.done);
      next.send(this.lastPageId);
    }
  }
}
