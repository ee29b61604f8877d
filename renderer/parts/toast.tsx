import { X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { t } from '../text/text.ts';
import { IconButton } from './button.tsx';
import styles from './toast.module.css';

interface Toast {
  id: number;
  text: string;
  action?: ReactNode;
}

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function publish(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says something in passing. Read aloud politely, never takes the focus. */
export function toast(text: string, action?: ReactNode): void {
  const id = nextId;
  nextId += 1;
  publish([...toasts.slice(-2), { id, text, ...(action === undefined ? {} : { action }) }]);
}

function dismiss(id: number): void {
  publish(toasts.filter((item) => item.id !== id));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className={styles.region} role="status" aria-live="polite">
      {shown.map((item) => (
        <ToastLine key={item.id} item={item} />
      ))}
    </div>
  );
}

/** Stays while the pointer or the focus is on it: nobody should have to be quick. */
function ToastLine({ item }: { item: Toast }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => dismiss(item.id), 7000);
    return () => clearTimeout(timer);
  }, [held, item.id]);
  return (
    <div
      className={styles.toast}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{item.text}</span>
      {item.action}
      <IconButton label={t('action.dismiss')} size="small" onPress={() => dismiss(item.id)}>
        <X size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
