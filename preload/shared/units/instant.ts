import { z } from 'zod';

/** A moment as whole milliseconds since 1970-01-01T00:00Z, platform-corrected where it comes from a station's clock. */
export const instant = z.number().int().min(0).max(8.64e15).brand<'Instant'>();
export type Instant = z.infer<typeof instant>;

/** Brands a millisecond count as an instant. @throws ZodError outside 0…8.64e15 or for fractions. */
export const toInstant = (epochMs: number): Instant => instant.parse(epochMs);

/** Adds a span of milliseconds (may be negative) to a moment. */
export const addMs = (moment: Instant, spanMs: number): Instant => toInstant(moment + spanMs);

/** The injected clock: nothing in domain or sync code asks the machine for the time by itself. */
export interface Clock {
  now(): Instant;
}
