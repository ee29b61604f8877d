import { clsx } from 'clsx';
import type { PointerEvent } from 'react';
import type { Mark, Message } from '../../../preload/model.ts';
import styles from './minimap.module.css';

interface MinimapProps {
  messages: readonly Message[];
  marks: readonly Mark[];
  currentHit: number;
  onJump: (index: number) => void;
}

/**
 * Where in the transcript the hits and the private notes are. A picture for the eye; everything it offers is there
 * for the keyboard as next/previous hit, so it is hidden from assistive technology.
 */
export function Minimap({ messages, marks, currentHit, onJump }: MinimapProps) {
  const last = Math.max(1, messages.length - 1);
  const notes = messages.filter((message) => message.private);
  const hitMessages = [...new Set(marks.map((mark) => mark.message))];
  if (notes.length === 0 && hitMessages.length === 0) return null;
  const jump = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const place = Math.round(((event.clientY - box.top) / box.height) * last);
    const marked = [...hitMessages, ...notes.map((note) => note.index)];
    const nearest = marked.toSorted((a, b) => Math.abs(a - place) - Math.abs(b - place))[0];
    if (nearest !== undefined) onJump(nearest);
  };
  return (
    <div className={styles.map} aria-hidden onPointerDown={jump}>
      {notes.map((note) => (
        <span
          key={`note-${note.index}`}
          className={clsx(styles.note)}
          style={{ top: `${(note.index / last) * 100}%` }}
        />
      ))}
      {hitMessages.map((message) => (
        <span
          key={message}
          className={clsx(styles.hit, marks[currentHit]?.message === message && styles.now)}
          style={{ top: `${(message / last) * 100}%` }}
        />
      ))}
    </div>
  );
}
