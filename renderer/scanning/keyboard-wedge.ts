/**
 * The keyboard-wedge scanner at window level: hears every key before any field does, works whatever has the focus, and
 * takes its text out of a field that it typed into.
 */
import type { DeviceId, GestureId } from '@shared/domain/ids';
import { normaliseCode } from '@shared/domain/scan-verdict';
import type { Clock } from '@shared/units/instant';
import {
  focusedField,
  rememberField,
  restoreField,
  type FieldState,
  type Focused,
  type TextField,
} from './edited-field';
import type { Scan } from './scan';
import { WEDGE_DEFAULTS, WedgeMachine, type TimedKey, type WedgeDecision, type WedgeSettings } from './wedge-machine';

/** The window, as far as the wedge listens to it. */
export interface KeyTarget {
  addEventListener(type: string, listener: (event: Event) => void, options: { readonly capture: true }): void;
  removeEventListener(type: string, listener: (event: Event) => void, options: { readonly capture: true }): void;
}

export interface WedgePorts {
  readonly target: KeyTarget;
  /** `document.activeElement`. */
  readonly activeElement: () => Focused;
  readonly clock: Clock;
  readonly deviceId: DeviceId;
  readonly gestureId: () => GestureId;
  readonly onScan: (scan: Scan) => void;
  /** An input method is at work: scans in text fields may be eaten. Told once until it is off again. */
  readonly onInputMethod: (active: boolean) => void;
  /** The trigger bounced; told so that a wrongly set repeat time can be seen. */
  readonly onBounce?: (code: string) => void;
}

/** What browsers report as keyCode while an input method has the key (UI Events, legacy key attributes). */
const HANDLED_BY_INPUT_METHOD = 229;

/** A whole scan this long after the last key that an input method took shows that it is off, or out of the way. ms. */
const INPUT_METHOD_GONE_MS = 1_000;

/** Listens until cancelled. @returns cancel. */
export function listenToKeyboardWedge(ports: WedgePorts, settings: WedgeSettings = WEDGE_DEFAULTS): () => void {
  const wedge = new KeyboardWedge(ports, settings);
  const heard: readonly (readonly [string, (event: Event) => void])[] = [
    ['keydown', (event) => wedge.keyDown(event as KeyboardEvent)],
    ['keyup', (event) => wedge.keyUp(event as KeyboardEvent)],
    ['compositionstart', (event) => wedge.inputMethodAt(event.timeStamp)],
  ];
  for (const [type, listener] of heard) ports.target.addEventListener(type, listener, { capture: true });
  return () => {
    for (const [type, listener] of heard) ports.target.removeEventListener(type, listener, { capture: true });
  };
}

class KeyboardWedge {
  private readonly machine: WedgeMachine;
  private sequence = 0;
  private before: FieldState | null = null;
  private inputMethodActive = false;
  private inputMethodMs = 0;
  /** Keys of a burst whose release must not press a focused button. */
  private readonly swallowed = new Set<string>();

  constructor(
    private readonly ports: WedgePorts,
    settings: WedgeSettings,
  ) {
    this.machine = new WedgeMachine(settings);
  }

  keyDown(event: KeyboardEvent): void {
    const handledByInputMethod =
      event.isComposing || event.key === 'Process' || event.keyCode === HANDLED_BY_INPUT_METHOD;
    if (handledByInputMethod) this.inputMethodAt(event.timeStamp);
    const field = focusedField(this.ports.activeElement());
    const key: TimedKey = {
      code: event.code,
      key: event.key,
      shift: event.shiftKey,
      control: event.ctrlKey,
      alt: event.altKey,
      meta: event.metaKey,
      timeMs: event.timeStamp,
      held: event.repeat,
    };
    const decision = this.machine.press(key, field !== null);
    this.follow(decision, event, field);
  }

  private follow(decision: WedgeDecision, event: KeyboardEvent, field: TextField | null): void {
    switch (decision.kind) {
      case 'pass':
        return;
      case 'began':
        // Heard before the character arrives in the field, so this is the field without the scan.
        this.before = field === null ? null : rememberField(field);
        return;
      case 'joined':
        // In a field a person may be typing; outside nobody is, and a space must not press the focused button.
        if (field === null) this.swallow(event);
        return;
      case 'scanned':
      case 'bounced':
        this.swallow(event);
        this.cleanField();
        // Single keys prove nothing: an input method that is on lets digits through.
        if (event.timeStamp - this.inputMethodMs > INPUT_METHOD_GONE_MS) this.inputMethod(false);
        if (decision.kind === 'scanned') this.emit(decision.raw);
        else this.ports.onBounce?.(normaliseCode(decision.raw));
        return;
    }
  }

  private cleanField(): void {
    const { before } = this;
    this.before = null;
    if (before === null) return;
    // Leaving the field is the only way to end what an input method is composing in it.
    if (this.inputMethodActive) before.field.blur();
    restoreField(before);
  }

  keyUp(event: KeyboardEvent): void {
    if (!this.swallowed.delete(event.code)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** An input method took a key or began to compose. */
  inputMethodAt(timeMs: number): void {
    this.inputMethodMs = timeMs;
    this.inputMethod(true);
  }

  private inputMethod(active: boolean): void {
    if (this.inputMethodActive === active) return;
    this.inputMethodActive = active;
    this.ports.onInputMethod(active);
  }

  private swallow(event: KeyboardEvent): void {
    event.preventDefault();
    event.stopPropagation();
    this.swallowed.add(event.code);
  }

  private emit(raw: string): void {
    this.sequence += 1;
    this.ports.onScan({
      gestureId: this.ports.gestureId(),
      deviceId: this.ports.deviceId,
      raw,
      code: normaliseCode(raw),
      at: this.ports.clock.now(),
      sequence: this.sequence,
    });
  }
}
