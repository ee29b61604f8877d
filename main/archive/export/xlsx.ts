import type { ExportRecord, Format, FormatContext, FormatWriter } from './format.ts';
import { localTimeFormatter } from './local-time.ts';
import type { OutputFile } from './output-file.ts';
import { Spool } from './spool.ts';
import { tableColumns, tableNames, tableRows, type Cell, type Table } from './tables.ts';
import {
  cellXml,
  contentTypesXml,
  rootRelationsXml,
  stylesXml,
  workbookRelationsXml,
  workbookXml,
} from './xlsx-parts.ts';
import { Deflater, ZipWriter } from './zip-writer.ts';

/** What Excel takes: rows of a sheet, heading included, and UTF-16 units of a cell. */
const mostRows = 1_048_576;
const mostInCell = 32_767;
const continued = ' … [whole text in the sheet long_texts]';

type SheetTable = Table | 'long_texts';
const longTextColumns = ['sheet', 'row', 'column', 'part', 'text'];

/** The tables of the csv format as sheets. Every cell is text: nothing is ever a formula, no id loses a digit. */
export const xlsxFormat = xlsxFormatWith(mostRows);

/** @param rowLimit rows of a sheet before the table goes on in the next one */
export function xlsxFormatWith(rowLimit: number): Format {
  return {
    name: 'xlsx',
    mainFile: 'conversations.xlsx',
    start(context) {
      return new XlsxWriter(context, rowLimit);
    },
  };
}

class XlsxWriter implements FormatWriter {
  readonly #file: OutputFile;
  readonly #local: (ms: number | null) => string;
  readonly #sheets: Sheet[] = [];
  readonly #tables: Record<Table, SheetRun>;
  readonly #longTexts: SheetRun;

  constructor(context: FormatContext, rowLimit: number) {
    this.#local = localTimeFormatter(context.timeZone);
    this.#file = context.open('conversations.xlsx');
    const run = (table: SheetTable, heading: readonly string[]) =>
      new SheetRun(table, heading, rowLimit, (name) => {
        const sheet = new Sheet(name, context.workFolder);
        this.#sheets.push(sheet);
        return sheet;
      });
    this.#tables = Object.fromEntries(tableNames.map((name) => [name, run(name, tableColumns[name])])) as Record<
      Table,
      SheetRun
    >;
    this.#longTexts = run('long_texts', longTextColumns);
    for (const name of tableNames) this.#tables[name].open();
  }

  add({ transcript }: ExportRecord): void {
    const rows = tableRows(transcript, this.#local);
    for (const name of tableNames) {
      const table = this.#tables[name];
      for (const row of rows[name]) {
        const { sheet, number } = table.nextRow();
        table.write(row.map((cell, column) => this.#fit(cell, sheet, number, tableColumns[name][column] ?? '')));
      }
    }
  }

  /** A text that no cell can hold goes, whole and in parts, to a sheet of its own. */
  #fit(cell: Cell, sheet: string, row: number, column: string): string {
    const text = cell === null ? '' : String(cell);
    if (text.length <= mostInCell) return text;
    for (let from = 0, part = 1; from < text.length; part += 1) {
      const end = cutBefore(text, from + mostInCell);
      this.#longTexts.nextRow();
      this.#longTexts.write([sheet, String(row), column, String(part), text.slice(from, end)]);
      from = end;
    }
    return text.slice(0, cutBefore(text, mostInCell - continued.length)) + continued;
  }

  finish(): void {
    const zip = new ZipWriter((bytes) => {
      this.#file.write(bytes);
    });
    const names = this.#sheets.map((sheet) => sheet.name);
    zip.add('[Content_Types].xml', contentTypesXml(names));
    zip.add('_rels/.rels', rootRelationsXml);
    zip.add('xl/workbook.xml', workbookXml(names));
    zip.add('xl/_rels/workbook.xml.rels', workbookRelationsXml(names));
    zip.add('xl/styles.xml', stylesXml);
    for (const [index, sheet] of this.#sheets.entries()) sheet.moveTo(zip, `xl/worksheets/sheet${index + 1}.xml`);
    zip.finish();
  }

  abandon(): void {
    for (const sheet of this.#sheets) sheet.close();
  }
}

/** Where a text may be cut at or before a place: not between the halves of a character. */
function cutBefore(text: string, place: number): number {
  if (place >= text.length) return text.length;
  const unit = text.charCodeAt(place - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? place - 1 : place;
}

/** One table over as many sheets as it needs. */
class SheetRun {
  readonly #table: SheetTable;
  readonly #heading: readonly string[];
  readonly #rowLimit: number;
  readonly #make: (name: string) => Sheet;
  #sheet: Sheet | null = null;
  #sheets = 0;

  constructor(table: SheetTable, heading: readonly string[], rowLimit: number, make: (name: string) => Sheet) {
    this.#table = table;
    this.#heading = heading;
    this.#rowLimit = rowLimit;
    this.#make = make;
  }

  open(): Sheet {
    this.#sheets += 1;
    this.#sheet = this.#make(this.#sheets === 1 ? this.#table : `${this.#table}_${this.#sheets}`);
    this.#sheet.write(this.#heading);
    return this.#sheet;
  }

  /** Where the next row will stand. */
  nextRow(): { sheet: string; number: number } {
    const sheet = this.#sheet === null || this.#sheet.rows >= this.#rowLimit ? this.open() : this.#sheet;
    return { sheet: sheet.name, number: sheet.rows + 1 };
  }

  write(cells: readonly string[]): void {
    this.#sheet?.write(cells);
  }
}

/** One sheet, compressed as it grows into a file of its own, because a zip takes one file after the other. */
class Sheet {
  readonly name: string;
  readonly #spool: Spool;
  readonly #deflater: Deflater;
  #open = true;
  rows = 0;

  constructor(name: string, workFolder: string) {
    this.name = name;
    const spool = new Spool(workFolder);
    this.#spool = spool;
    this.#deflater = new Deflater((bytes) => {
      spool.write(bytes);
    });
    this.#deflater.write(
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
        '</sheetView></sheetViews><sheetData>',
    );
  }

  write(cells: readonly string[]): void {
    this.rows += 1;
    this.#deflater.write(`<row r="${this.rows}">${cells.map((cell) => cellXml(cell)).join('')}</row>`);
  }

  moveTo(zip: ZipWriter, path: string): void {
    this.#deflater.write('</sheetData></worksheet>');
    zip.addCompressed(path, this.#deflater.end(), this.#spool.read());
    this.close();
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#spool.close();
  }
}
