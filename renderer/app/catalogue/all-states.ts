import { componentStates } from '../../components/catalogue/component-states';
import type { NamedState } from '../../components/catalogue/named-state';
import { deliveriesStates } from '../../features/deliveries/deliveries-states';
import { packingStates } from '../../features/packing/packing-states';
import { printingStates } from '../../features/printing/printing-states';
import { queueStates } from '../../features/queue/queue-states';
import { setUpStates } from '../../features/set-up/set-up-states';
import { signInStates } from '../../features/sign-in/sign-in-states';
import { vaultStates } from '../../features/vault/vault-states';
import { shellStates } from './shell-states';

/** Every named state of every screen and component. */
export const ALL_STATES: readonly NamedState[] = [
  ...shellStates,
  ...packingStates,
  ...queueStates,
  ...deliveriesStates,
  ...printingStates,
  ...setUpStates,
  ...vaultStates,
  ...signInStates,
  ...componentStates,
];
