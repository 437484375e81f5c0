import { deviceId, factId, gestureId, type DeviceId, type FactId, type GestureId } from '@shared/domain/ids';

/** Where new ids come from; tests count, the product draws. */
export interface IdSource {
  factId(): FactId;
  gestureId(): GestureId;
}

export const randomIds: IdSource = {
  factId: () => factId.parse(crypto.randomUUID()),
  gestureId: () => gestureId.parse(crypto.randomUUID()),
};

/** The devices that a window itself speaks for. */
export const KEYBOARD_WEDGE: DeviceId = deviceId.parse('keyboard-wedge');
export const SCREEN: DeviceId = deviceId.parse('screen');
