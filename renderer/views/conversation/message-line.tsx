import { clsx } from 'clsx';
import { FileText, Link2, Lock, Paperclip, PanelsTopLeft, StickyNote, TextQuote, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import type { Message, MessageKind } from '../../../preload/model.ts';
import { formatDuration, formatLongDay, formatMoment, formatSeconds } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import type { Line } from './lines.ts';
import { MarkedText } from './marked-text.tsx';
import type { NumberedMark } from './marked-text.tsx';
import styles from './message-line.module.css';

const noMarks: readonly NumberedMark[] = [];

const kindIcons: Partial<Record<MessageKind, typeof Link2>> = {
  link: Link2,
  file: Paperclip,
  form: FileText,
  rich: PanelsTopLeft,
  unknown: TriangleAlert,
};

interface MessageLineProps {
  line: Line;
  zone: string;
  marks: readonly NumberedMark[] | undefined;
  currentHit: number;
  pointed: boolean;
  onPoint: (index: number) => void;
  onQuote: (message: Message) => void;
  /** How many notes reviewers wrote on it. */
  notes: number;
  onNotes: () => void;
}

/** One line of a transcript. Roles differ by side, edge and name, not by colour alone (look.md). */
export const MessageLine = memo(function MessageLine(props: MessageLineProps) {
  const { line, zone, marks = noMarks, currentHit, pointed, onPoint, onQuote, notes, onNotes } = props;
  const { message } = line;
  const quiet = message.role === 'system' || message.kind === 'event';
  const KindIcon = kindIcons[message.kind];
  return (
    <li
      id={`message-${message.index}`}
      className={clsx(styles.line, line.continued && styles.continued)}
      data-role={quiet && !message.private ? 'system' : message.role}
      data-private={message.private ? '' : undefined}
      data-pointed={pointed ? '' : undefined}
      onClick={() => onPoint(message.index)}
    >
      {line.newDay && message.time !== null && <div className={styles.day}>{formatLongDay(message.time, zone)}</div>}
      {line.gapMs !== null && (
        <div className={styles.gap}>{t('reader.gap', { duration: formatDuration(line.gapMs) })}</div>
      )}
      <div className={styles.grid}>
        {message.time === null ? (
          <span className={styles.time}>–</span>
        ) : (
          <time
            className={styles.time}
            dateTime={new Date(message.time).toISOString()}
            title={formatMoment(message.time, zone)}
          >
            {formatSeconds(message.time, zone)}
          </time>
        )}
        <div className={styles.body}>
          {(!line.continued || message.private) && !(quiet && !message.private) && (
            <div className={styles.speaker}>
              <bdi className={styles.name}>{message.speaker}</bdi>
              <span className={styles.role}>{t(`role.${message.role}`)}</span>
              {message.private && (
                <span className={styles.private}>
                  <Lock size={11} aria-hidden />
                  {t('message.agents-only')}
                </span>
              )}
            </div>
          )}
          {KindIcon !== undefined && (
            <div className={styles.kind}>
              <KindIcon size={12} aria-hidden />
              {t(`kind.${message.kind as 'link' | 'file' | 'form' | 'rich' | 'unknown'}`)}
            </div>
          )}
          <p className={styles.text} dir="auto" data-message-text={message.text === '' ? undefined : message.index}>
            {message.text === '' ? (
              <span className={styles.nothing}>{t('message.empty')}</span>
            ) : (
              <MarkedText text={message.text} marks={marks} current={currentHit} />
            )}
          </p>
          {notes > 0 && (
            <button type="button" className={styles.notes} onClick={onNotes}>
              <StickyNote size={12} aria-hidden />
              {t('notes.on-message', { count: notes })}
            </button>
          )}
        </div>
        {/* Reached by pointer; by keyboard the reader's own "copy quotation" does the same for the line that is pointed at. */}
        <button
          type="button"
          tabIndex={-1}
          className={styles.quote}
          title={t('reader.quote')}
          aria-label={t('reader.quote')}
          onClick={() => onQuote(message)}
        >
          <TextQuote size={14} aria-hidden />
        </button>
      </div>
    </li>
  );
});
