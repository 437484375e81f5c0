/** Runs inside the page: targets of 44 px and more, and a name for every control. Self-contained. */
export function controlProblems(): string[] {
  const problems: string[] = [];
  const nameOf = (element: Element): string =>
    `<${element.tagName.toLowerCase()}> "${(element.textContent ?? '').trim().slice(0, 40)}"`;
  const isShown = (element: Element): boolean => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== 'hidden';
  };
  const textOf = (id: string): string => document.getElementById(id)?.textContent ?? '';
  const labelsOf = (element: Element): string => {
    if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) return '';
    return [...(element.labels ?? [])].map((label) => label.textContent ?? '').join('');
  };
  const accessibleName = (element: Element): string =>
    [
      element.getAttribute('aria-label') ?? '',
      ...(element.getAttribute('aria-labelledby') ?? '').split(' ').map(textOf),
      element.textContent ?? '',
      labelsOf(element),
    ]
      .join('')
      .trim();

  for (const element of document.querySelectorAll('[data-target]')) {
    const { width, height } = element.getBoundingClientRect();
    if (isShown(element) && Math.min(width, height) < 43.5)
      problems.push(`target of ${width} × ${height}: ${nameOf(element)}`);
  }
  const controls = 'button, a[href], input, textarea, select, [role="button"], [role="listbox"], [role="img"]';
  for (const element of document.querySelectorAll(controls)) {
    const isHidden = !isShown(element) || element.getAttribute('aria-hidden') === 'true';
    if (!isHidden && accessibleName(element) === '') problems.push(`no name: ${nameOf(element)}`);
  }
  return problems;
}
