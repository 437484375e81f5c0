import { useEffect, useState, type ReactNode } from 'react';
import type { BarPattern } from './code-128';
import styles from './Barcode.module.css';

export interface BarcodeProps {
  readonly text: string;
  /** What the code does, for somebody who does not see it. */
  readonly name: string;
  readonly heightPx?: number;
}

/** Quiet zone left and right, in modules: Code 128 asks for ten. */
const QUIET_MODULES = 10;

/** A Code 128 as black bars on white, on every theme, because scanners read nothing else well. */
export function Barcode({ text, name, heightPx = 72 }: BarcodeProps): ReactNode {
  const [pattern, setPattern] = useState<BarPattern | null>(null);
  useEffect(() => {
    let isShown = true;
    // The encoder is large and no screen but sheets of codes needs it.
    void import('./code-128').then(({ code128 }) => {
      if (isShown) setPattern(code128(text));
    });
    return () => {
      isShown = false;
    };
  }, [text]);
  const width = (pattern?.modules ?? 100) + 2 * QUIET_MODULES;
  return (
    <svg
      className={styles['barcode']}
      viewBox={`0 0 ${width} 40`}
      height={heightPx}
      preserveAspectRatio="none"
      shapeRendering="crispEdges"
      role="img"
      aria-label={name}
      data-barcode={pattern === null ? undefined : text}
    >
      <rect width={width} height={40} fill="#ffffff" />
      {pattern?.bars.map((bar) => (
        <rect key={bar.x} x={bar.x + QUIET_MODULES} width={bar.width} height={40} fill="#000000" />
      ))}
    </svg>
  );
}
