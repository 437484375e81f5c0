/** A text field into which a scanner types: what it held before, so that the scan can be taken out again. */

/** Kinds of input that hold text with a selection. */
const TEXT_TYPES = new Set(['text', 'search', 'tel', 'url', 'email', 'password', 'number', '']);

export interface FieldState {
  readonly field: HTMLInputElement | HTMLTextAreaElement;
  readonly value: string;
  readonly caret: number | null;
}

const isTag = (element: Element, tag: string): boolean => element.tagName === tag;

/** @returns the field that has the focus, if people type into it. */
export function focusedField(active: Element | null): HTMLInputElement | HTMLTextAreaElement | null {
  if (active === null) return null;
  if (isTag(active, 'TEXTAREA')) return active as HTMLTextAreaElement;
  if (!isTag(active, 'INPUT')) return null;
  const input = active as HTMLInputElement;
  return TEXT_TYPES.has(input.type) ? input : null;
}

export const rememberField = (field: HTMLInputElement | HTMLTextAreaElement): FieldState => ({
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
