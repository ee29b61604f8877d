/**
 * React Aria clears its live announcer with `innerHTML = ''`. Under `require-trusted-types-for 'script'` that
 * would throw and unmount the page, so the default policy lets through the empty string and nothing else.
 */
interface PolicyFactory {
  createPolicy(name: string, rules: { createHTML: (html: string) => string | null }): unknown;
}

export function installTrustedTypesPolicy(): void {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  factory?.createPolicy('default', { createHTML: (html) => (html === '' ? '' : null) });
}
