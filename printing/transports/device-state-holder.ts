/** Holds a transport's state and tells its listeners, each change once. */
import type { DeviceState } from './transport';

export interface DeviceStateHolder {
  readonly current: DeviceState;
  set(state: DeviceState): void;
  readonly onState: (listener: (state: DeviceState) => void) => () => void;
}

/** Starts as absent. */
export const createDeviceStateHolder = (): DeviceStateHolder => {
  let current: DeviceState = { kind: 'absent' };
  const listeners = new Set<(state: DeviceState) => void>();
  return {
    get current() {
      return current;
    },
    set: (state) => {
      if (state.kind === current.kind && state.kind !== 'needs-attention' && state.kind !== 'lost') return;
      current = state;
      for (const listener of [...listeners]) listener(state);
    },
    onState: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
