/** Values of a log line: primitives only, so that no record, token or transcript can slip in whole. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** `event` is a fixed kebab-case name, never a sentence built from data. */
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void;

const secretKey = /secret|token|password|passphrase|authorization|credential|signature|nonce|query$/iu;

/** One JSON line. Fields whose name speaks of a secret are hidden whatever they hold. */
export function formatLogLine(time: number, level: LogLevel, event: string, fields: LogFields = {}): string {
  const safe = Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, secretKey.test(key) ? '[hidden]' : value]),
  );
  return JSON.stringify({ time: new Date(time).toISOString(), level, event, ...safe });
}

export const noLog: Log = () => undefined;
