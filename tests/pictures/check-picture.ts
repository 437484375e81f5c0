import type { Page } from 'playwright';

/** What is wrong with the page as it stands, one line each; empty when it is as it should be. */
export async function pictureProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const nameOf = (element: Element): string =>
      `<${element.tagName.toLowerCase()} ${element.className?.toString?.() ?? ''}> "${(element.textContent ?? '').trim().slice(0, 40)}"`;
    const isShown = (element: Element): boolean => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== 'hidden';
    };

    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) problems.push(`the page is wider than the window: ${root.scrollWidth}`);
    if (root.scrollHeight > root.clientHeight)
      problems.push(`the page is higher than the window: ${root.scrollHeight}`);
    for (const element of document.querySelectorAll('#root *')) {
      const style = getComputedStyle(element);
      const mayScroll = style.overflowX === 'auto' || style.overflowX === 'scroll';
      if (mayScroll && element.scrollWidth > element.clientWidth + 1)
        problems.push(`scrolls sideways: ${nameOf(element)}`);
    }

    // Text that must be read whole.
    for (const element of document.querySelectorAll('[data-no-clip]')) {
      if (!isShown(element)) continue;
      const box = element.getBoundingClientRect();
      // What a list has scrolled out of sight is not cut.
      const list = element.closest('ol, ul');
      const mayBeBelow =
        list !== null && list.scrollHeight > list.clientHeight && getComputedStyle(list).overflowY === 'auto';
      const leaves = !mayBeBelow && (box.bottom > innerHeight + 1 || box.top < -1);
      const clipped = leaves || element.scrollWidth > element.clientWidth + 1 || box.right > innerWidth + 1;
      if (clipped) problems.push(`text is cut: ${nameOf(element)}`);
    }
    // The packing screen fits without scrolling, but for its list of lines.
    for (const element of document.querySelectorAll('[data-screen="packing"], [data-screen="packing"] [data-moment]')) {
      if (element.scrollHeight > element.clientHeight + 1) problems.push(`does not fit: ${nameOf(element)}`);
    }

    for (const element of document.querySelectorAll('[data-target]')) {
      if (!isShown(element)) continue;
      const box = element.getBoundingClientRect();
      if (box.width < 43.5 || box.height < 43.5)
        problems.push(`target of ${box.width} × ${box.height}: ${nameOf(element)}`);
    }

    for (const element of document.querySelectorAll(
      'button, a[href], input, textarea, select, [role="button"], [role="listbox"], [role="img"]',
    )) {
      if (!isShown(element) || element.getAttribute('aria-hidden') === 'true') continue;
      const labels =
        element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
          ? [...(element.labels ?? [])].map((label) => label.textContent)
          : [];
      const labelled = (element.getAttribute('aria-labelledby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '');
      const name = [element.getAttribute('aria-label'), ...labelled, element.textContent, ...labels].join('').trim();
      if (name === '') problems.push(`no name: ${nameOf(element)}`);
    }

    interface Colour {
      r: number;
      g: number;
      b: number;
      a: number;
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
    const luminance = ({ r, g, b }: Colour): number => {
      const part = (value: number): number => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      };
      return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    };
    // Every piece of text on the page, not only marked ones: the ground is the first opaque one under it.
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      if (element === null || (node.textContent ?? '').trim() === '' || !isShown(element)) continue;
      if (element.closest('[aria-disabled="true"], :disabled, script, style') !== null) continue;
      const ground = groundOf(element);
      const [a, b] = [luminance(over(parse(getComputedStyle(element).color), ground)), luminance(ground)];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (contrast < 4.5) problems.push(`contrast ${contrast.toFixed(2)}: ${nameOf(element)}`);
    }
    return problems;
  });
}
