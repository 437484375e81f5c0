import { z } from 'zod';

/** Ingest worker → its host in the page. */
export const fromIngestWorker = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('running') }),
  /** The database cannot be used; there is no sense in trying again before somebody did something. */
  z.object({
    kind: z.literal('refused'),
    problem: z.discriminatedUnion('code', [
      z.object({ code: z.literal('database-newer'), found: z.number(), supported: z.number() }),
      z.object({ code: z.literal('database-failed'), cause: z.string().max(200) }),
    ]),
  }),
  /** It could not start; the host tries again. `cause` is an error's name. */
  z.object({ kind: z.literal('failed'), cause: z.string().max(200) }),
]);
export type FromIngestWorker = z.infer<typeof fromIngestWorker>;
