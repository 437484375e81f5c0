import { z } from 'zod';

/** A length on paper in millimetres; may be fractional. */
export const millimetres = z.number().finite().brand<'Millimetres'>();
export type Millimetres = z.infer<typeof millimetres>;

/** Brands a number as millimetres. @throws ZodError for NaN or infinity. */
export const mm = (value: number): Millimetres => millimetres.parse(value);
