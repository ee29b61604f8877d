const queryCommands = new Set(['search', 'dashboard', 'export']);

/**
 * A query may start with an excluded word, `search -refund`, which a command line takes for an option. No option of
 * ours is spelled with one hyphen and more than one letter, so such arguments are kept from the parser by a blank
 * in front, which a query ignores.
 */
export function protectQueryWords(argv: readonly string[]): string[] {
  const command = argv.findIndex((argument) => queryCommands.has(argument));
  if (command < 0) return [...argv];
  return argv.map((argument, position) => {
    const isValue = argv[position - 1]?.startsWith('--') === true;
    return position > command && !isValue && /^-[^-]./u.test(argument) ? ` ${argument}` : argument;
  });
}
