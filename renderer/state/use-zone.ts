import { useSettings } from '../bridge/queries.ts';

const systemZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The IANA zone in which this user reads times. */
export function useZone(): string {
  const chosen = useSettings().data?.timeZone ?? 'system';
  return chosen === 'system' ? systemZone : chosen;
}
