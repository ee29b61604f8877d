/** Variables that hold secrets or change Node: an engine asks its host for credentials and never needs them. */
const keptFromEngines = new Set([
  'TRANSCRIPT_ARCHIVE_CREDENTIALS',
  'TRANSCRIPT_ARCHIVE_PASSPHRASE',
  'TRANSCRIPT_ARCHIVE_KEY_PASSPHRASE',
  'NODE_OPTIONS',
]);

/** The environment that an engine process gets, however it is forked. */
export function engineEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !keptFromEngines.has(name)));
}
