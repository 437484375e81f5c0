/** Fits every text of a page and checks that nothing leaves the stock. Pure: the same page and metrics give the same placement. */
import { ok, refuse, type Result } from '@shared/language/result';
import type { FontMetrics } from './font-metrics';
import type { BoxMm } from './length';
import type {
  Code128Element,
  FrameElement,
  ImageElement,
  Page,
  QrElement,
  RuleElement,
  TextElement,
  Weight,
} from './page';
import { printableText } from './printable-text';
import { fitText, type FittedText } from './text-fitting';

/** One line of text: where its base line starts. Millimetres from the top left of the stock. */
export interface PlacedLine {
  readonly xMm: number;
  readonly baselineMm: number;
  readonly codePoints: readonly number[];
}

export interface PlacedText {
  readonly kind: 'text';
  readonly name: string;
  readonly box: BoxMm;
  readonly sizeMm: number;
  readonly weight: Weight;
  readonly inverse: boolean;
  readonly lines: readonly PlacedLine[];
}

export type PlacedElement = PlacedText | RuleElement | FrameElement | Code128Element | QrElement | ImageElement;

/** What a person should know about a label although it can be printed. Names elements, never their text. */
export interface LayoutReport {
  /** Texts that were cut: how many of their characters stand on paper. */
  readonly truncated: readonly { readonly name: string; readonly shown: number; readonly total: number }[];
  /** Texts that had to be smaller than the template wished. */
  readonly shrunk: readonly { readonly name: string; readonly sizeMm: number }[];
  /** Code points that print as an empty box, ascending, each once. */
  readonly missing: readonly number[];
  /** Characters without a shape that were left out. */
  readonly removed: number;
}

export interface PlacedPage {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly elements: readonly PlacedElement[];
  readonly report: LayoutReport;
}

export interface OutsidePage {
  readonly code: 'outside-page';
  readonly name: string;
}

interface OpenReport {
  truncated: { name: string; shown: number; total: number }[];
  shrunk: { name: string; sizeMm: number }[];
  missing: Set<number>;
  removed: number;
}

const isInside = (page: Page, { xMm, yMm, widthMm, heightMm }: BoxMm): boolean => {
  const slack = 1e-6;
  const inWidth = xMm >= 0 && widthMm > 0 && xMm + widthMm <= page.widthMm + slack;
  return inWidth && yMm >= 0 && heightMm > 0 && yMm + heightMm <= page.heightMm + slack;
};

const startOf = (element: TextElement, lineWidthMm: number): number => {
  const free = element.box.widthMm - lineWidthMm;
  if (element.align === 'center') return element.box.xMm + free / 2;
  return element.align === 'right' ? element.box.xMm + free : element.box.xMm;
};

const linesOf = (element: TextElement, fitted: FittedText, metrics: FontMetrics): PlacedLine[] => {
  const { sizeMm, lines } = fitted;
  const stepMm = sizeMm * element.lineHeight;
  const usedMm = lines.length === 0 ? 0 : (metrics.ascent + metrics.descent) * sizeMm + (lines.length - 1) * stepMm;
  const freeMm = element.box.heightMm - usedMm;
  const topMm = element.verticalAlign === 'top' ? 0 : element.verticalAlign === 'middle' ? freeMm / 2 : freeMm;
  return lines.map((line, index) => ({
    xMm: startOf(element, line.widthMm),
    baselineMm: element.box.yMm + topMm + metrics.ascent * sizeMm + index * stepMm,
    codePoints: line.codePoints,
  }));
};

const placeText = (element: TextElement, metrics: FontMetrics, report: OpenReport): PlacedText => {
  const { codePoints, removed } = printableText(element.text);
  const { box, sizeMm, minSizeMm, maxLines, lineHeight } = element;
  const { widthMm, heightMm } = box;
  const fitted = fitText({ codePoints, widthMm, heightMm, sizeMm, minSizeMm, maxLines, lineHeight }, metrics);
  report.removed += removed;
  if (fitted.shown < codePoints.length)
    report.truncated.push({ name: element.name, shown: fitted.shown, total: codePoints.length });
  if (fitted.sizeMm < sizeMm) report.shrunk.push({ name: element.name, sizeMm: fitted.sizeMm });
  for (const line of fitted.lines)
    for (const codePoint of line.codePoints) if (!metrics.has(codePoint)) report.missing.add(codePoint);
  return {
    kind: 'text',
    name: element.name,
    box,
    sizeMm: fitted.sizeMm,
    weight: element.weight,
    inverse: element.inverse,
    lines: linesOf(element, fitted, metrics),
  };
};

/**
 * Places a page. @returns refusal `outside-page` with the element's name when a box leaves the stock: that is a wrong template,
 * text itself can never leave its box.
 */
export const placePage = (page: Page, metrics: FontMetrics): Result<PlacedPage, OutsidePage> => {
  const report: OpenReport = { truncated: [], shrunk: [], missing: new Set(), removed: 0 };
  const elements: PlacedElement[] = [];
  for (const element of page.elements) {
    if (!isInside(page, element.box)) return refuse({ code: 'outside-page', name: element.name });
    elements.push(element.kind === 'text' ? placeText(element, metrics, report) : element);
  }
  const missing = [...report.missing].sort((left, right) => left - right);
  const { truncated, shrunk, removed } = report;
  return ok({
    widthMm: page.widthMm,
    heightMm: page.heightMm,
    elements,
    report: { truncated, shrunk, missing, removed },
  });
};
