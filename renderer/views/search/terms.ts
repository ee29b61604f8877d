/**
 * The terms of a list: one a line, or the first column of a CSV file. Quotes around a cell that others follow belong to
 * the CSV and are taken off; a term that was given twice counts once.
 */
export function readTerms(text: string): string[] {
  const terms = text
    .replace(/^\uFEFF/u, '')
    .split(/\r\n|\r|\n/u)
    .map(firstCell)
    .filter((term) => term !== '');
  return [...new Set(terms)];
}

function firstCell(line: string): string {
  const quoted = /^\s*"((?:[^"]|"")*)"\s*([,;\t]|$)/u.exec(line);
  // A lone cell in quotes is a phrase, unless its own quotes are doubled as only CSV has them.
  if (quoted !== null && (quoted[2] !== '' || quoted[1]?.includes('""') === true))
    return (quoted[1] ?? '').replaceAll('""', '"').trim();
  // A list of filters or phrases is a list of queries: a comma in them belongs to them.
  if (/["():]/u.test(line)) return line.trim();
  return (line.split(/[,;\t]/u)[0] ?? '').trim();
}

/** A term as exactly these words in this order. */
export function asPhrase(term: string): string {
  return `"${term.replaceAll('"', ' ').replaceAll(/\s+/gu, ' ').trim()}"`;
}

/** One line of a CSV file; a cell that a spreadsheet would run as a formula is made text. */
export function csvLine(cells: readonly string[]): string {
  return cells
    .map((cell) => {
      const safe = /^[=+\-@\t]/u.test(cell) ? `'${cell}` : cell;
      return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    })
    .join(',');
}
