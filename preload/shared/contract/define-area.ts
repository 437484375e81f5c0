/** The shape of a contract: one definition per area from which handlers, the page's API and the tests' fake are derived. */
import type { z } from 'zod';
import type { AreaName, CallName, EventName } from './channel-names';
import type { ErrorCode } from './error-codes';
import type { Reply } from './envelope';

/** A question with its answer and every code with which it may be refused beside the general ones. */
export interface CallDefinition<Ask extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> {
  readonly ask: Ask;
  readonly answer: Answer;
  readonly refuses: readonly ErrorCode[];
}

/** Something that main tells every window. */
export interface EventDefinition<Carries extends z.ZodType = z.ZodType> {
  readonly carries: Carries;
}

export const call = <Ask extends z.ZodType, Answer extends z.ZodType>(
  definition: CallDefinition<Ask, Answer>,
): CallDefinition<Ask, Answer> => definition;
export const event = <Carries extends z.ZodType>(definition: EventDefinition<Carries>): EventDefinition<Carries> =>
  definition;

export interface AreaDefinition<A extends AreaName = AreaName> {
  readonly area: A;
  readonly calls: { readonly [C in CallName<A>]: CallDefinition };
  readonly events: { readonly [E in EventName<A>]: EventDefinition };
}

/** Defines an area; its keys must be exactly those of CHANNELS. */
export const defineArea = <
  A extends AreaName,
  C extends { readonly [N in CallName<A>]: CallDefinition },
  E extends { readonly [N in EventName<A>]: EventDefinition },
>(
  area: A,
  calls: C,
  events: E,
): { readonly area: A; readonly calls: C; readonly events: E } => ({ area, calls, events });

/** What a handler in main implements for an area: validated asks in, replies out. */
export type AreaHandlers<D extends { calls: Record<string, CallDefinition> }, Context> = {
  readonly [N in keyof D['calls']]: (
    ask: z.output<D['calls'][N]['ask']>,
    context: Context,
  ) => Promise<Reply<z.input<D['calls'][N]['answer']>>> | Reply<z.input<D['calls'][N]['answer']>>;
};

/** What a window (or a test's fake) offers for an area. `on.<event>(listener)` returns its cancel. */
export type AreaApi<D extends { calls: Record<string, CallDefinition>; events: Record<string, EventDefinition> }> = {
  readonly [N in keyof D['calls']]: (
    ask: z.input<D['calls'][N]['ask']>,
  ) => Promise<Reply<z.output<D['calls'][N]['answer']>>>;
} & {
  readonly on: {
    readonly [N in keyof D['events']]: (listener: (carried: z.output<D['events'][N]['carries']>) => void) => () => void;
  };
};
