/**
 * The typed door to main, and the only reader of `window.station`. Everything that comes through it is checked against the
 * contract before anybody sees it: an answer of another shape becomes `bad-answer`, an event of another shape is reported
 * and passed over.
 */
import { AREAS, type RawBridge, type StationApi } from '@shared/contract/station';
import type { AreaApi, CallDefinition, EventDefinition } from '@shared/contract/define-area';
import { refused, replySchema, type Reply } from '@shared/contract/envelope';

interface AnyArea {
  readonly area: string;
  readonly calls: Record<string, CallDefinition>;
  readonly events: Record<string, EventDefinition>;
}

/** Told when something of a wrong shape arrived: an event name and where; never content. */
export type ReportOddity = (event: 'bad-answer' | 'bad-event', where: string) => void;

type LooseCall = (ask: unknown) => Promise<Reply<unknown>>;
type LooseOn = (listener: (carried: unknown) => void) => () => void;
type LooseApi = Record<string, LooseCall | Record<string, LooseOn>>;

function callOf(bridge: RawBridge, area: string, name: string, definition: CallDefinition, report: ReportOddity) {
  const reply = replySchema(definition.answer);
  return async (ask: unknown): Promise<Reply<unknown>> => {
    let raw: unknown;
    try {
      raw = await bridge.call(area, name, ask);
    } catch {
      // The bridge refuses with values; only a page that is being torn down gets here.
      return refused('internal');
    }
    const parsed = reply.safeParse(raw);
    if (!parsed.success) {
      report('bad-answer', `${area}.${name}`);
      return refused('bad-answer', { call: `${area}.${name}` });
    }
    return parsed.data;
  };
}

function eventOf(bridge: RawBridge, area: string, name: string, definition: EventDefinition, report: ReportOddity) {
  return (listener: (carried: unknown) => void): (() => void) =>
    bridge.on(area, name, (carried) => {
      const parsed = definition.carries.safeParse(carried);
      if (parsed.success) listener(parsed.data);
      else report('bad-event', `${area}.${name}`);
    });
}

/** Has every name of the area, so that its contract's types hold for it. */
function isWhole<D extends AnyArea>(built: LooseApi, definition: D): built is LooseApi & AreaApi<D> {
  const on = built['on'];
  if (typeof on !== 'object') return false;
  return (
    Object.keys(definition.calls).every((name) => typeof built[name] === 'function') &&
    Object.keys(definition.events).every((name) => typeof on[name] === 'function')
  );
}

function areaApi<D extends AnyArea>(bridge: RawBridge, definition: D, report: ReportOddity): AreaApi<D> {
  const { area } = definition;
  const on: Record<string, LooseOn> = {};
  for (const [name, event] of Object.entries(definition.events)) on[name] = eventOf(bridge, area, name, event, report);
  const built: LooseApi = { on };
  for (const [name, call] of Object.entries(definition.calls)) built[name] = callOf(bridge, area, name, call, report);
  if (!isWhole(built, definition)) throw new Error(`the area ${area} is not whole`);
  return built;
}

/** Types and checks a bridge. @param report by default tells main, which logs it. */
export function createStationApi(bridge: RawBridge, report?: ReportOddity): StationApi {
  const tell: ReportOddity =
    report ?? ((event, where) => void bridge.call('app', 'reportProblem', { event, detail: where }));
  return {
    app: areaApi(bridge, AREAS.app, tell),
    session: areaApi(bridge, AREAS.session, tell),
    journal: areaApi(bridge, AREAS.journal, tell),
    packing: areaApi(bridge, AREAS.packing, tell),
    printing: areaApi(bridge, AREAS.printing, tell),
    stores: areaApi(bridge, AREAS.stores, tell),
    numbers: areaApi(bridge, AREAS.numbers, tell),
    deliveries: areaApi(bridge, AREAS.deliveries, tell),
    feed: areaApi(bridge, AREAS.feed, tell),
  };
}

const isBridge = (value: unknown): value is RawBridge =>
  typeof value === 'object' && value !== null && 'call' in value && 'on' in value;

/** The API of this window. @throws Error outside the station's own windows, where there is no bridge. */
export function windowStation(): StationApi {
  const bridge: unknown = Reflect.get(window, 'station');
  if (!isBridge(bridge)) throw new Error('this page has no bridge to the station');
  return createStationApi(bridge);
}
