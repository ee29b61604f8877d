import { stringify } from 'csv-stringify/sync';
import type { ExportRecord, Format, FormatContext, FormatWriter } from './format.ts';
import { localTimeFormatter } from './local-time.ts';
import type { OutputFile } from './output-file.ts';
import { tableColumns, tableNames, tableRows, type Cell, type Table } from './tables.ts';

const byteOrderMark = '\uFEFF';

/** Column names of each CSV file, in order. */
export const csvColumns = tableColumns;

/**
 * RFC 4180 rows. All text is quoted, and text that a spreadsheet would run as a formula gets an apostrophe in front
 * (docs/formats.md); numbers stay numbers.
 */
export function csvRows(rows: readonly Cell[][]): string {
  if (rows.length === 0) return '';
  return stringify(rows as Cell[][], {
    record_delimiter: '\r\n',
    quoted_string: true,
    escape_formulas: true,
    cast: { boolean: String },
  });
}

export const csvFormat: Format = {
  name: 'csv',
  mainFile: null,
  start(context) {
    return new CsvWriter(context);
  },
};

class CsvWriter implements FormatWriter {
  readonly #files = new Map<Table, OutputFile>();
  readonly #local: (ms: number | null) => string;

  constructor(context: FormatContext) {
    this.#local = localTimeFormatter(context.timeZone);
    for (const table of tableNames) {
      const file = context.open(`${table}.csv`);
      file.write(byteOrderMark + csvRows([tableColumns[table]]));
      this.#files.set(table, file);
    }
  }

  add({ transcript }: ExportRecord): void {
    const rows = tableRows(transcript, this.#local);
    for (const [table, file] of this.#files) file.write(csvRows(rows[table]));
  }

  finish(): void {
    // A CSV file ends with its last row.
  }
}
