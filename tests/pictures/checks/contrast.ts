/**
 * Runs inside the page: every piece of text has a contrast of 4.5 or more with the first opaque ground under it (WCAG 2.2,
 * success criterion 1.4.3; disabled controls are left out, as there). Self-contained.
 */
export function contrastProblems(): string[] {
  interface Colour {
    readonly r: number;
    readonly g: number;
    readonly b: number;
    readonly a: number;
  }
  const parse = (text: string): Colour => {
    const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
    return { r, g, b, a };
  };
  const over = (top: Colour, under: Colour): Colour => ({
    r: top.r * top.a + under.r * (1 - top.a),
    g: top.g * top.a + under.g * (1 - top.a),
    b: top.b * top.a + under.b * (1 - top.a),
    a: 1,
  });
  const groundOf = (element: Element): Colour => {
    const layers: Colour[] = [];
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.a > 0) layers.push(colour);
      if (colour.a === 1) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), { r: 255, g: 255, b: 255, a: 1 });
  };
  const linear = (value: number): number => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const luminance = ({ r, g, b }: Colour): number => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const contrastOf = (element: Element): number => {
    const ground = groundOf(element);
    const a = luminance(over(parse(getComputedStyle(element).color), ground));
    const b = luminance(ground);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const isRead = (element: Element): boolean => {
    const box = element.getBoundingClientRect();
    const isThere = box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== 'hidden';
    return isThere && element.closest('[aria-disabled="true"], :disabled, script, style') === null;
  };

  const problems: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = (node.textContent ?? '').trim();
    const element = node.parentElement;
    if (element === null || text === '' || !isRead(element)) continue;
    const contrast = contrastOf(element);
    if (contrast < 4.5) problems.push(`contrast ${contrast.toFixed(2)}: "${text.slice(0, 40)}"`);
  }
  return problems;
}
