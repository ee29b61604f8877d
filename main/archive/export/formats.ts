import { ArchiveError } from '../../../preload/errors.ts';
import type { ExportFormat } from '../../../preload/model.ts';
import { csvFormat } from './csv.ts';
import { datFormat } from './dat.ts';
import { emlFormat } from './eml.ts';
import type { Format } from './format.ts';
import { htmlFormat } from './html.ts';
import { jsonFormat, ndjsonFormat } from './ndjson.ts';
import { parquetFormat } from './parquet.ts';
import { pdfFormat } from './pdf/format.ts';
import { rsmfFormat } from './rsmf.ts';
import { xlsxFormat } from './xlsx.ts';

const formats: readonly Format[] = [
  csvFormat,
  xlsxFormat,
  ndjsonFormat,
  jsonFormat,
  htmlFormat,
  pdfFormat,
  emlFormat,
  rsmfFormat,
  datFormat,
  parquetFormat,
];

/** The formats that this version writes. */
export const availableFormats = formats.map((format) => format.name);

/** @throws ArchiveError unsupported-here for formats that this machine or version cannot make */
export function formatsNamed(names: readonly ExportFormat[]): Format[] {
  return [...new Set(names)].map((name) => {
    const format = formats.find((candidate) => candidate.name === name);
    if (format !== undefined) {
      format.checkAvailable?.();
      return format;
    }
    throw new ArchiveError('unsupported-here', `The format ${name} is not available yet.`, {
      hint: `Use one of ${availableFormats.join(', ')}.`,
    });
  });
}
