import { ArrowLeft, ArrowRight, Undo2, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { Outcome, Queue } from '../../../preload/model.ts';
import { asErrorValue } from '../../bridge/client.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { Skeleton } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { useShortcuts } from '../../state/shortcuts.ts';
import { useZone } from '../../state/use-zone.ts';
import { t } from '../../text/text.ts';
import { Reader } from '../conversation/reader.tsx';
import { outcomeKeys } from '../review/outcomes.ts';
import { ProgressLine } from '../review/progress-line.tsx';
import { ReaderMarks } from '../review/reader-marks.tsx';
import { ReaderTools } from '../review/review-tools.tsx';
import { Report } from '../review/report.tsx';
import { OutcomeIcon } from '../review/row-marks.tsx';
import { targetOf } from '../review/target.ts';
import { useReviewActions } from '../review/use-review-actions.tsx';
import { useReviewDesk } from '../review/use-review-desk.tsx';
import { useQueue } from './use-queue.ts';
import styles from './queue-view.module.css';

/** One conversation after the other, each decided about with one key. */
export function QueueDesk({ queue }: { queue: Queue }) {
  const zone = useZone();
  const [, navigate] = useLocation();
  const walk = useQueue(queue);
  const { place } = walk;
  const [message, setMessage] = useState<number | null>(null);
  const [done, setDone] = useState(queue.progress.reviewed === queue.progress.total);
  // The places decided about in this sitting, for stepping back.
  const trail = useRef<{ position: number; action: number }[]>([]);
  // Place, progress and the pressed button say what was decided: a message for each would cover the text.
  const actions = useReviewActions(true);
  const desk = useReviewDesk(
    place === null ? null : targetOf([place.id]),
    place === null ? null : { id: place.id, message },
  );
  const step = (by: number) => {
    if (place === null) return;
    setMessage(null);
    setDone(false);
    walk.go(place.position + by);
  };
  const decide = async (outcome: Outcome) => {
    if (place === null || actions.busy || done) return;
    const { action } = await actions.apply({ kind: 'mark', outcome }, { kind: 'ids', ids: [place.id] });
    trail.current.push({ position: place.position, action: action.action });
    setMessage(null);
    if (!(await walk.toNextOpen())) setDone(true);
  };
  const undo = async () => {
    const last = trail.current.pop();
    if (last === undefined) {
      desk.undoLast();
      return;
    }
    await actions.undo(last.action);
    setDone(false);
    walk.go(last.position);
  };
  const attempt = (work: Promise<void>) => void work.catch(() => undefined);
  useShortcuts({
    ...Object.fromEntries(outcomeKeys.map(({ key, outcome }) => [key, () => attempt(decide(outcome))])),
    j: () => step(1),
    k: () => step(-1),
    z: () => attempt(undo()),
    Escape: () => navigate('/cases'),
  });
  return (
    <>
      <header className={styles.header}>
        <div className={styles.what}>
          <h1>
            <bdi>{queue.name}</bdi>
          </h1>
          <p className={styles.place} role="status">
            {place !== null && !done
              ? t('queue.place', { number: place.position + 1, total: queue.progress.total })
              : '\u00A0'}
          </p>
        </div>
        <div className={styles.progress}>
          <ProgressLine progress={queue.progress} label={t('queue.progress')} />
        </div>
        <IconButton label={t('queue.leave')} shortcut="Esc" size="small" onPress={() => navigate('/cases')}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      <div className={styles.keys} role="toolbar" aria-label={t('decision.title')}>
        {outcomeKeys.map(({ key, outcome }) => (
          <Button
            key={outcome}
            isDisabled={place === null || done}
            aria-pressed={place?.decision?.outcome === outcome}
            onPress={() => attempt(decide(outcome))}
          >
            <OutcomeIcon outcome={outcome} size={15} />
            {t(`outcome.${outcome}`)}
            <kbd>{key}</kbd>
          </Button>
        ))}
        <span className={styles.steps}>
          <IconButton label={t('queue.undo')} shortcut="z" onPress={() => attempt(undo())}>
            <Undo2 size={16} aria-hidden />
          </IconButton>
          <IconButton label={t('queue.previous')} shortcut="k" onPress={() => step(-1)}>
            <ArrowLeft size={16} aria-hidden />
          </IconButton>
          <IconButton label={t('queue.next')} shortcut="j" onPress={() => step(1)}>
            <ArrowRight size={16} aria-hidden />
          </IconButton>
        </span>
      </div>
      {done ? (
        <div className={styles.done}>
          <p className={styles.title}>{t('queue.done')}</p>
          <p>{t('queue.done.what')}</p>
          <Report scope={{ kind: 'queue', queue: queue.name }} zone={zone} />
        </div>
      ) : (
        <div className={styles.reader} data-pane="reader">
          {walk.error !== null && <ErrorNotice error={asErrorValue(walk.error)} onRetry={walk.retry} />}
          {walk.loading && <Skeleton rows={9} label={t('state.loading')} />}
          {place !== null && (
            <Reader
              key={place.id}
              id={place.id}
              query={queue.query ?? ''}
              found
              message={message}
              zone={zone}
              onMessage={setMessage}
              single={false}
              tools={<ReaderTools id={place.id} desk={desk} />}
              marks={<ReaderMarks id={place.id} />}
            />
          )}
        </div>
      )}
      {desk.dialogs}
    </>
  );
}
