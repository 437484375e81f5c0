/**
 * What every simulator of the practice warehouse offers to the process that runs it. Simulators are strangers to the program: they are
 * reached over the network only, and import nothing of it.
 */

/** A refusal of a control command, with the HTTP status that answers it. */
export class ControlRefusal extends Error {
  constructor(
    readonly status: 400 | 404 | 409,
    message: string,
  ) {
    super(message);
  }
}

/** One command of a simulator: `handle` gets the path's parameters and the parsed body, and returns what is answered as JSON. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path below the simulator's name; `:id` in it is a parameter. */
  readonly path: string;
  /** @throws ControlRefusal for a command that cannot be carried out. */
  handle(parameters: Readonly<Record<string, string>>, body: unknown): unknown;
}

export interface RunningSimulator {
  /** Unique name; the first part of its control paths. */
  readonly name: string;
  /** What the starting program learns of it: addresses, keys, names. Part of the one JSON line. */
  readonly announcement: Readonly<Record<string, unknown>>;
  readonly controls: readonly ControlRoute[];
  /** Everything that it was told, for a test's independent checker. */
  told(): unknown;
  stop(): Promise<void>;
}

/** What the command line or the starting program sets. */
export interface SimulatorSettings {
  /** Folder in which state survives a restart; null keeps it in memory. */
  readonly stateDir: string | null;
  /** Fill an empty simulator with samples, and let new ones come. */
  readonly demo: boolean;
  /** Time of the simulated world. */
  now(): number;
}

/** Starts one simulator on a free port of 127.0.0.1. */
export type StartSimulator = (settings: SimulatorSettings) => Promise<RunningSimulator>;
