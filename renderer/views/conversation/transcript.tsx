import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Mark, Message } from '../../../preload/model.ts';
import { t } from '../../text/text.ts';
import { estimatedHeight, groupLines, linesOf } from './lines.ts';
import type { Line } from './lines.ts';
import { MessageLine } from './message-line.tsx';
import type { NumberedMark } from './marked-text.tsx';
import { Minimap } from './minimap.tsx';
import styles from './transcript.module.css';

const groupSize = 40;

interface TranscriptProps {
  messages: readonly Message[];
  marks: readonly Mark[];
  zone: string;
  currentHit: number;
  /** The message that a link, a click or a hit points at. */
  pointed: number | null;
  /** Reviewers' notes on a message, by the message's id: how many. */
  notes: ReadonlyMap<string, number>;
  onPoint: (index: number) => void;
  onQuote: (message: Message) => void;
  onNotes: () => void;
}

export function Transcript(props: TranscriptProps) {
  const { messages, marks, zone, currentHit, pointed, notes, onPoint, onQuote, onNotes } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const groups = useMemo(() => groupLines(linesOf(messages, zone), groupSize), [messages, zone]);
  const marksByMessage = useMemo(() => {
    const byMessage = new Map<number, NumberedMark[]>();
    marks.forEach((mark, number) =>
      byMessage.set(mark.message, [...(byMessage.get(mark.message) ?? []), { ...mark, number }]),
    );
    return byMessage;
  }, [marks]);

  const hitMessage = marks[currentHit]?.message;
  const target = hitMessage ?? pointed;
  const targetGroup = target === null ? null : Math.floor(target / groupSize);

  useLayoutEffect(() => {
    if (target === null) return;
    const element =
      scroller.current?.querySelector(`[data-hit="${currentHit}"]`) ??
      scroller.current?.querySelector(`#message-${target}`);
    element?.scrollIntoView({ block: 'center' });
    // The groups around it get their real height on the next frame; then the place is exact.
    const frame = requestAnimationFrame(() => element?.scrollIntoView({ block: 'center' }));
    return () => cancelAnimationFrame(frame);
  }, [target, currentHit]);

  return (
    <div className={styles.frame}>
      {/* A scrolled region must be reachable by keyboard. */}
      <div
        ref={scroller}
        className={styles.scroller}
        tabIndex={0}
        role="region"
        aria-label={t('reader.transcript')}
        data-transcript=""
      >
        <ol className={styles.lines}>
          {groups.map((lines, group) => (
            <LineGroup
              key={group}
              lines={lines}
              zone={zone}
              marksByMessage={marksByMessage}
              currentHit={lines.some((line) => line.message.index === hitMessage) ? currentHit : -1}
              pointed={pointed}
              forced={group === targetGroup || group === 0}
              onPoint={onPoint}
              onQuote={onQuote}
              notes={notes}
              onNotes={onNotes}
            />
          ))}
        </ol>
      </div>
      <Minimap messages={messages} marks={marks} currentHit={currentHit} onJump={onPoint} />
    </div>
  );
}

interface LineGroupProps {
  lines: readonly Line[];
  zone: string;
  marksByMessage: ReadonlyMap<number, readonly NumberedMark[]>;
  currentHit: number;
  pointed: number | null;
  /** Laid out at once, wherever it is. */
  forced: boolean;
  /** Reviewers' notes on a message, by the message's id: how many. */
  notes: ReadonlyMap<string, number>;
  onPoint: (index: number) => void;
  onQuote: (message: Message) => void;
  onNotes: () => void;
}

function LineGroup(props: LineGroupProps) {
  const { lines, zone, marksByMessage, currentHit, pointed, forced, notes, onPoint, onQuote, onNotes } = props;
  const box = useRef<HTMLLIElement>(null);
  const [seen, setSeen] = useState(false);
  const observe = useCallback(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
      },
      { root: element.closest('[data-transcript]'), rootMargin: '1200px 0px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const shown = seen || forced;
  useEffect(() => (shown ? undefined : observe()), [shown, observe]);

  if (!shown) {
    const height = lines.reduce((sum, line) => sum + estimatedHeight(line), 0);
    return <li ref={box} style={{ height }} aria-label={t('reader.more-messages', { count: lines.length })} />;
  }
  return lines.map((line) => (
    <MessageLine
      key={line.message.index}
      line={line}
      zone={zone}
      marks={marksByMessage.get(line.message.index)}
      currentHit={currentHit}
      pointed={pointed === line.message.index}
      onPoint={onPoint}
      onQuote={onQuote}
      notes={notes.get(line.message.id) ?? 0}
      onNotes={onNotes}
    />
  ));
}
