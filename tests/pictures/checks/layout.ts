/**
 * Runs inside the page: nothing is wider than the window or scrolls sideways, texts that must be read whole are not cut,
 * and the packing screen fits without scrolling but for its list. Self-contained, because Playwright carries its text over.
 */
export function layoutProblems(): string[] {
  const problems: string[] = [];
  const nameOf = (element: Element): string =>
    `<${element.tagName.toLowerCase()}> "${(element.textContent ?? '').trim().slice(0, 40)}"`;
  const isShown = (element: Element): boolean => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== 'hidden';
  };
  const isWider = (element: Element): boolean => element.scrollWidth > element.clientWidth + 1;
  /** What a list has scrolled out of sight is not cut. */
  const mayBeBelow = (element: Element): boolean => {
    const list = element.closest('ol, ul');
    return list !== null && list.scrollHeight > list.clientHeight && getComputedStyle(list).overflowY === 'auto';
  };
  const leavesWindow = (element: Element): boolean => {
    const box = element.getBoundingClientRect();
    return box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.top < -1;
  };

  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) problems.push(`the page is wider than the window: ${root.scrollWidth}`);
  if (root.scrollHeight > root.clientHeight) problems.push(`the page is higher than the window: ${root.scrollHeight}`);
  for (const element of document.querySelectorAll('#root *')) {
    if (/auto|scroll/.test(getComputedStyle(element).overflowX) && isWider(element))
      problems.push(`scrolls sideways: ${nameOf(element)}`);
  }
  for (const element of document.querySelectorAll('[data-no-clip]')) {
    if (isShown(element) && (isWider(element) || (leavesWindow(element) && !mayBeBelow(element))))
      problems.push(`text is cut: ${nameOf(element)}`);
  }
  for (const element of document.querySelectorAll('[data-screen="packing"], [data-screen="packing"] [data-moment]')) {
    if (element.scrollHeight > element.clientHeight + 1) problems.push(`does not fit: ${nameOf(element)}`);
  }
  return problems;
}
