/** A text field into which a scanner types: what it held before, so that the scan can be taken out again. */

/** Kinds of input that hold text with a selection. */
const TEXT_TYPES = new Set(['text', 'search', 'tel', 'url', 'email', 'password', 'number', '']);

/** A field, as far as it is touched here. */
export interface TextField extends EventTarget {
  readonly tagName: string;
  readonly selectionStart: number | null;
  value: string;
  setSelectionRange(start: number, end: number): void;
  blur(): void;
}

/** What has the focus: perhaps a field, perhaps a button, perhaps the page. */
export type Focused = (EventTarget & { readonly tagName: string; readonly type?: string }) | null;

export interface FieldState {
  readonly field: TextField;
  readonly value: string;
  readonly caret: number | null;
}

const isField = (focused: NonNullable<Focused>): focused is NonNullable<Focused> & TextField =>
  focused.tagName === 'TEXTAREA' || (focused.tagName === 'INPUT' && TEXT_TYPES.has(focused.type ?? ''));

/** @returns the field that has the focus, if people type into it. */
export const focusedField = (focused: Focused): TextField | null =>
  focused !== null && isField(focused) ? focused : null;

export const rememberField = (field: TextField): FieldState => ({
  field,
  value: field.value,
  caret: field.selectionStart,
});

/**
 * Puts back what the field held. React keeps its own idea of a field's value and hears of a change only when the value
 * is set past its wrapper and an input event follows.
 */
export function restoreField(state: FieldState): void {
  const { field, value, caret } = state;
  if (field.value === value) return;
  const descriptor: PropertyDescriptor | undefined = Object.getOwnPropertyDescriptor(
    Object.getPrototypeOf(field) as object,
    'value',
  );
  if (descriptor?.set !== undefined) descriptor.set.call(field, value);
  else field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  // Number fields have no selection to set.
  if (caret !== null) field.setSelectionRange(caret, caret);
}
