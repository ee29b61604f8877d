/** `transcripts-2026-03-14-091526`: sorts by time, and two exports of one day don't collide. */
export function packageName(now: Date): string {
  const [day = '', clock = ''] = now.toISOString().split('T');
  return `transcripts-${day}-${clock.slice(0, 8).replaceAll(':', '')}`;
}
