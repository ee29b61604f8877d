import { clsx } from 'clsx';
import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import styles from './split-handle.module.css';

interface SplitHandleProps {
  label: string;
  /** Width in pixels of the pane that it sizes. */
  value: number;
  min: number;
  max: number;
  /** Which side the sized pane is on. */
  pane: 'before' | 'after';
  onChange: (value: number) => void;
}

/** The hairline between two panes: drag it, or move it with the arrow keys. */
export function SplitHandle({ label, value, min, max, pane, onChange }: SplitHandleProps) {
  const start = useRef<{ x: number; value: number } | null>(null);
  const clamp = (next: number) => Math.round(Math.min(max, Math.max(min, next)));
  const direction = () => (pane === 'before' ? 1 : -1) * (document.dir === 'rtl' ? -1 : 1);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, value };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (start.current !== null) onChange(clamp(start.current.value + (event.clientX - start.current.x) * direction()));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === 'ArrowRight' ? 16 : event.key === 'ArrowLeft' ? -16 : 0;
    if (step === 0) return;
    event.preventDefault();
    onChange(clamp(value + step * direction()));
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a focusable separator is a widget (ARIA window splitter)
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      className={clsx(styles.handle)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        start.current = null;
      }}
      onKeyDown={onKeyDown}
    />
  );
}
