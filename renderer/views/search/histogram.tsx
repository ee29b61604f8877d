import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import type { HistogramUnit } from '../../../preload/model.ts';
import { useClient } from '../../bridge/client.ts';
import { formatDay, formatMonth, formatTime, isoDay } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { setDays } from './query-text.ts';
import styles from './histogram.module.css';

interface Bucket {
  start: number;
  end: number;
  total: number;
}

interface HistogramProps {
  query: string;
  zone: string;
  onQuery: (query: string) => void;
}

/** When the hits started. Drag over it, or use the arrow keys with Shift and Enter, to search a span of days. */
export function Histogram({ query, zone, onQuery }: HistogramProps) {
  const client = useClient();
  const histogram = useQuery({
    queryKey: ['search.histogram', query, zone],
    queryFn: ({ signal }) => client.call('search.histogram', { query, timeZone: zone }, signal),
    placeholderData: keepPreviousData,
  });
  const buckets = histogram.data?.buckets ?? [];
  return (
    <div className={clsx(styles.histogram, histogram.isPlaceholderData && styles.stale)}>
      {buckets.length > 1 && (
        <Bars
          // Other bars: the selection of the old ones means nothing to them.
          key={`${buckets[0]?.start} ${buckets.length}`}
          buckets={buckets}
          unit={histogram.data?.unit ?? 'day'}
          zone={zone}
          onSpan={(first, last) => onQuery(setDays(query, isoDay(first.start, zone), isoDay(last.end - 1, zone)))}
        />
      )}
    </div>
  );
}

interface BarsProps {
  buckets: readonly Bucket[];
  unit: HistogramUnit;
  zone: string;
  onSpan: (first: Bucket, last: Bucket) => void;
}

function Bars({ buckets, unit, zone, onSpan }: BarsProps) {
  const box = useRef<HTMLDivElement>(null);
  const [anchor, setAnchor] = useState<number | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const [dragging, setDragging] = useState(false);
  const largest = Math.max(1, ...buckets.map((bucket) => bucket.total));
  const width = 1000 / buckets.length;

  const barAt = (event: PointerEvent) => {
    const area = box.current?.getBoundingClientRect();
    if (area === undefined) return 0;
    return Math.min(
      buckets.length - 1,
      Math.max(0, Math.floor(((event.clientX - area.left) / area.width) * buckets.length)),
    );
  };
  const choose = (from: number, to: number) => {
    const first = buckets[Math.min(from, to)];
    const last = buckets[Math.max(from, to)];
    if (first !== undefined && last !== undefined) onSpan(first, last);
    setAnchor(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const here = at ?? buckets.length - 1;
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      if (event.shiftKey) setAnchor(anchor ?? here);
      else setAnchor(null);
      setAt(Math.min(buckets.length - 1, Math.max(0, here + (event.key === 'ArrowRight' ? 1 : -1))));
    } else if (event.key === 'Enter') choose(anchor ?? here, here);
    else return;
    event.preventDefault();
  };

  const low = Math.min(anchor ?? at ?? -1, at ?? -1);
  const high = Math.max(anchor ?? at ?? -1, at ?? -1);
  const first = buckets[low];
  const last = buckets[high];
  const start = buckets[0];
  const end = buckets.at(-1);
  return (
    <>
      <div
        ref={box}
        className={styles.bars}
        role="slider"
        tabIndex={0}
        aria-label={t('histogram.label')}
        aria-valuemin={0}
        aria-valuemax={buckets.length - 1}
        aria-valuenow={at ?? buckets.length - 1}
        aria-valuetext={
          first === undefined || last === undefined
            ? t('histogram.how')
            : spanWords(buckets.slice(low, high + 1), unit, zone)
        }
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
          setAnchor(barAt(event));
          setAt(barAt(event));
        }}
        onPointerMove={(event) => setAt(barAt(event))}
        onPointerUp={(event) => {
          setDragging(false);
          choose(anchor ?? barAt(event), barAt(event));
        }}
        onPointerLeave={() => {
          if (!dragging) setAt(null);
        }}
        onBlur={() => {
          setAt(null);
          setAnchor(null);
        }}
      >
        <svg viewBox="0 0 1000 36" preserveAspectRatio="none" className={styles.svg} aria-hidden>
          {buckets.map((bucket, index) => {
            const height = bucket.total === 0 ? 0 : Math.max(1.5, (bucket.total / largest) * 36);
            return (
              <rect
                key={bucket.start}
                x={index * width}
                y={36 - height}
                width={Math.max(0.6, width - (buckets.length > 300 ? 0 : 0.8))}
                height={height}
                className={clsx(index >= low && index <= high && at !== null ? styles.chosen : styles.bar)}
              />
            );
          })}
        </svg>
      </div>
      <div className={styles.axis} aria-hidden>
        <span>{start !== undefined && formatDay(start.start, zone)}</span>
        <span className={styles.span}>
          {first !== undefined && last !== undefined && spanWords(buckets.slice(low, high + 1), unit, zone)}
        </span>
        <span>{end !== undefined && formatDay(end.end - 1, zone)}</span>
      </div>
    </>
  );
}

function spanWords(buckets: readonly Bucket[], unit: HistogramUnit, zone: string): string {
  const first = buckets[0];
  const last = buckets.at(-1);
  if (first === undefined || last === undefined) return '';
  const count = buckets.reduce((sum, bucket) => sum + bucket.total, 0);
  const from = bucketName(first, unit, zone);
  const until = unit === 'day' || buckets.length > 1 ? formatDay(last.end - 1, zone) : null;
  const when =
    until === null || (buckets.length === 1 && unit === 'day') ? from : `${formatDay(first.start, zone)} – ${until}`;
  return `${when}: ${t('search.total', { count })}`;
}

function bucketName(bucket: Bucket, unit: HistogramUnit, zone: string): string {
  if (unit === 'hour') return `${formatDay(bucket.start, zone)}, ${formatTime(bucket.start, zone)}`;
  if (unit === 'month') return formatMonth(isoDay(bucket.start, zone));
  if (unit === 'week') return `${formatDay(bucket.start, zone)} – ${formatDay(bucket.end - 1, zone)}`;
  if (unit === 'year') return isoDay(bucket.start, zone).slice(0, 4);
  return formatDay(bucket.start, zone);
}
