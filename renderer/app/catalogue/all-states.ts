import type { NamedState } from '../../components/catalogue/named-state';
import { packingStates } from '../../features/packing/packing-states';
import { shellStates } from './shell-states';

/** Every named state of every screen and component. */
export const ALL_STATES: readonly NamedState[] = [...shellStates, ...packingStates];
