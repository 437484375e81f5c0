import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { moveChoice } from './move-choice';
import styles from './VirtualList.module.css';

export interface VirtualListProps {
  readonly name: string;
  readonly length: number;
  readonly rowHeightPx: number;
  /** Position that is chosen, or -1. */
  readonly chosen: number;
  /** Takes the focus when it appears and nothing else has it, so that arrows work without a mouse or Tab. */
  readonly takesFocus?: boolean;
  readonly onChoose: (position: number) => void;
  /** Enter typed by hand while the list has the focus. A scanner's Enter never gets here: the wedge keeps it. */
  readonly onOpen?: (position: number) => void;
  readonly keyAt: (position: number) => string;
  readonly renderRow: (position: number, isChosen: boolean) => ReactNode;
}

/** A list of any length of which only what is in sight exists. One tab stop; arrows, page keys, Home and End move the choice. */
export function VirtualList(props: VirtualListProps): ReactNode {
  const { length, rowHeightPx, chosen, onChoose, takesFocus = false } = props;
  const viewport = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus && document.activeElement === document.body) viewport.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  const rows = useVirtualizer({
    count: length,
    getScrollElement: () => viewport.current,
    estimateSize: () => rowHeightPx,
    overscan: 8,
    getItemKey: props.keyAt,
  });
  useEffect(() => {
    if (chosen >= 0 && chosen < length) rows.scrollToIndex(chosen, { align: 'auto' });
  }, [chosen, length, rows]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && chosen >= 0) props.onOpen?.(chosen);
    const next = moveChoice(event.key, chosen, length);
    if (next === null) return;
    event.preventDefault();
    onChoose(next);
  };
  return (
    <div
      ref={viewport}
      className={styles['viewport']}
      role="listbox"
      aria-label={props.name}
      aria-activedescendant={chosen >= 0 ? rowId(props.name, chosen) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className={styles['whole']} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((item) => (
          <div
            key={item.key}
            id={rowId(props.name, item.index)}
            role="option"
            aria-selected={item.index === chosen}
            aria-posinset={item.index + 1}
            aria-setsize={length}
            className={styles['row']}
            style={{ height: rowHeightPx, transform: `translateY(${item.start}px)` }}
            onClick={() => onChoose(item.index)}
            onDoubleClick={() => props.onOpen?.(item.index)}
          >
            {props.renderRow(item.index, item.index === chosen)}
          </div>
        ))}
      </div>
    </div>
  );
}

const rowId = (name: string, position: number): string => `${name.replaceAll(/\s+/g, '-')}-${position}`;
