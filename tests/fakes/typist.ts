/** Hands and scanners at a keyboard: key events with moments, for anything that listens like a window. */

/** A key event as far as the wedge reads it. Node has no KeyboardEvent. */
export class FakeKeyEvent extends Event {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey = false;
  readonly metaKey = false;
  readonly repeat: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
  private readonly atMs: number;

  constructor(type: 'keydown' | 'keyup', press: FakePress, atMs: number) {
    super(type, { bubbles: true, cancelable: true });
    this.key = press.key;
    this.code = press.code;
    this.shiftKey = press.shift ?? false;
    this.ctrlKey = press.control ?? false;
    this.repeat = press.repeat ?? false;
    this.isComposing = press.composing ?? false;
    this.keyCode = press.composing === true ? 229 : 0;
    this.atMs = atMs;
  }

  override get timeStamp(): number {
    return this.atMs;
  }
}

export interface FakePress {
  readonly key: string;
  readonly code: string;
  readonly shift?: boolean;
  readonly control?: boolean;
  readonly repeat?: boolean;
  readonly composing?: boolean;
}

const CODES: Readonly<Record<string, readonly [code: string, shift: boolean]>> = {
  '-': ['Minus', false],
  _: ['Minus', true],
  '.': ['Period', false],
  '/': ['Slash', false],
  '+': ['Equal', true],
  $: ['Digit4', true],
  '%': ['Digit5', true],
  ':': ['Semicolon', true],
  '#': ['Digit3', true],
  ' ': ['Space', false],
};

/** The press by which a US keyboard makes a character. */
export function usPress(char: string): FakePress {
  if (/[0-9]/.test(char)) return { key: char, code: `Digit${char}` };
  if (/[a-z]/.test(char)) return { key: char, code: `Key${char.toUpperCase()}` };
  if (/[A-Z]/.test(char)) return { key: char, code: `Key${char}`, shift: true };
  const known = CODES[char];
  if (known === undefined) throw new Error(`no key for ${char}`);
  return { key: char, code: known[0], shift: known[1] };
}

/** A text field that takes what is typed, as the browser would. */
export class FakeField extends EventTarget {
  readonly tagName = 'INPUT';
  readonly type: string = 'text';
  value = '';
  blurred = 0;
  inputs = 0;

  constructor() {
    super();
    this.addEventListener('input', () => (this.inputs += 1));
  }

  get selectionStart(): number {
    return this.value.length;
  }

  setSelectionRange(): void {
    // The caret always stands at the end here.
  }

  blur(): void {
    this.blurred += 1;
  }
}

export class Typist {
  readonly window = new EventTarget();
  focused: FakeField | null = null;
  nowMs = 1_000;
  /** Presses whose usual effect was prevented. */
  readonly prevented: string[] = [];

  /** As `document.activeElement`. */
  active(): FakeField | null {
    return this.focused;
  }

  press(press: FakePress, afterMs: number): void {
    this.nowMs += afterMs;
    const down = new FakeKeyEvent('keydown', press, this.nowMs);
    this.window.dispatchEvent(down);
    if (down.defaultPrevented) this.prevented.push(press.key);
    else if (this.focused !== null && press.key.length === 1) this.focused.value += press.key;
    this.window.dispatchEvent(new FakeKeyEvent('keyup', press, this.nowMs));
  }

  /** A scanner: characters at one pace, then the suffix. `map` changes a press, as a layout or input method would. */
  scan(
    code: string,
    gapMs: number,
    options: { suffix?: 'Enter' | 'Tab'; map?: (press: FakePress) => FakePress } = {},
  ): void {
    const map = options.map ?? ((press: FakePress) => press);
    [...code].forEach((char, at) => {
      const press = usPress(char);
      if (press.shift === true) this.press({ key: 'Shift', code: 'ShiftLeft', shift: true }, 0);
      this.press(map(press), at === 0 ? 20 : gapMs);
    });
    const suffix = options.suffix ?? 'Enter';
    this.press(map({ key: suffix, code: suffix }), gapMs);
  }

  type(text: string, gapMs: number): void {
    for (const char of text) this.press(usPress(char), gapMs);
  }
}
