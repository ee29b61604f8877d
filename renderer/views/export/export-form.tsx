import { clsx } from 'clsx';
import { useState } from 'react';
import { Checkbox, CheckboxGroup, Form, Label } from 'react-aria-components';
import type { ExportFormat, ExportSplit } from '../../../preload/model.ts';
import { useClient } from '../../bridge/client.ts';
import { useAppInfo } from '../../bridge/queries.ts';
import { Button } from '../../parts/button.tsx';
import { Select, TextField } from '../../parts/field.tsx';
import { useMarkedPassages } from '../../state/marked-passages.ts';
import { t } from '../../text/text.ts';
import type { ExportChoice } from './export-dialog.tsx';
import { ExportEstimate } from './export-estimate.tsx';
import { packageName } from './package-name.ts';
import { RedactionChoice } from './redaction-choice.tsx';
import { noRedaction, redactionOf } from './redaction-draft.ts';
import { RedactionPreview } from './redaction-preview.tsx';
import { SplitChoice } from './split-choice.tsx';
import styles from './export-form.module.css';

interface ExportFormProps {
  query: string;
  /** Exactly these conversations instead of what the query finds. */
  ids?: readonly string[] | undefined;
  total: number;
  /** The query in words. */
  words: string;
  folder: string;
  separator: string;
  zone: string;
  busy: boolean;
  onExport: (choice: ExportChoice) => void;
  onCancel: () => void;
}

/** Formats that the engine writes (main/archive/export/formats.ts), those for people before those for machines. */
const formats = [
  'html',
  'pdf',
  'xlsx',
  'csv',
  'eml',
  'rsmf',
  'dat',
  'ndjson',
  'json',
  'parquet',
] as const satisfies ExportFormat[];

export function ExportForm({ query, ids, total, words, folder, separator, zone, busy, ...on }: ExportFormProps) {
  const { onExport, onCancel } = on;
  const client = useClient();
  const forbidden = useAppInfo().data?.managed.forbiddenExportFormats ?? [];
  const [wanted, setChosen] = useState<ExportFormat[]>(['html', 'csv']);
  const chosen = wanted.filter((format) => !forbidden.includes(format));
  const [place, setPlace] = useState(folder);
  const [name, setName] = useState(() => packageName(new Date()));
  const [timeZone, setTimeZone] = useState(zone);
  const [split, setSplit] = useState<ExportSplit | 'invalid' | null>(null);
  const [draft, setDraft] = useState(noRedaction);
  const redaction = redactionOf(draft, useMarkedPassages());
  const isComplete = chosen.length > 0 && total > 0 && split !== 'invalid' && redaction !== 'invalid';
  const zones = [...new Set([zone, 'UTC', ...Intl.supportedValuesOf('timeZone')])].map((id) => ({
    id,
    label: id.replaceAll('_', ' '),
  }));
  const out = `${place.replace(/[\\/]+$/u, '')}${separator}${name.trim()}`;
  const choosePlace = async () => {
    const answer = await client.call('app.chooseFolder', { title: t('export.where'), folder: place });
    if (answer.folder !== null) setPlace(answer.folder);
  };
  return (
    <Form
      className={clsx(styles.form)}
      onSubmit={(event) => {
        event.preventDefault();
        if (split === 'invalid' || redaction === 'invalid') return;
        const further = { ...(split === null ? {} : { split }), ...(redaction === null ? {} : { redaction }) };
        onExport({ formats: chosen, out, timeZone, ...further });
      }}
    >
      <section className={styles.what}>
        <p className={styles.total}>{t('search.total', { count: total })}</p>
        <p className={styles.words}>{words}</p>
      </section>
      <CheckboxGroup
        className={clsx(styles.formats)}
        value={chosen}
        onChange={(next) => setChosen(next as ExportFormat[])}
      >
        <Label className={clsx(styles.label)}>{t('export.formats')}</Label>
        {formats.map((format) => (
          <Checkbox key={format} value={format} className={clsx(styles.format)} isDisabled={forbidden.includes(format)}>
            <span className={styles.box} aria-hidden />
            <span className={styles.name}>{format.toUpperCase()}</span>{' '}
            <span className={styles.aside}>
              {forbidden.includes(format) ? t('managed.format') : t(`export.format.${format}`)}
            </span>
          </Checkbox>
        ))}
      </CheckboxGroup>
      <div className={styles.row}>
        <TextField label={t('export.where')} value={place} onChange={setPlace} isRequired mono />
        {client.host === 'electron' && <Button onPress={() => void choosePlace()}>{t('export.choose')}</Button>}
      </div>
      <div className={styles.row}>
        <TextField
          label={t('export.name')}
          value={name}
          onChange={setName}
          isRequired
          pattern="[^\\\/:*?\u0022<>\|]+"
          mono
        />
      </div>
      <div className={styles.pair}>
        <SplitChoice onChange={setSplit} />
        <Select label={t('export.zone')} choices={zones} value={timeZone} onChange={setTimeZone} />
      </div>
      <RedactionChoice draft={draft} onChange={setDraft} />
      {redaction !== null && <RedactionPreview query={query} ids={ids} zone={zone} redaction={redaction} />}
      <p className={styles.aside}>{t('export.package')}</p>
      {split !== 'invalid' && (
        <ExportEstimate
          {...{ query, ids, zone, split }}
          formats={chosen}
          redacted={redaction !== null}
          className={styles.aside}
        />
      )}
      <div className={styles.actions}>
        <Button kind="primary" type="submit" isDisabled={busy || !isComplete}>
          {t('export.do', { count: total })}
        </Button>
        <Button kind="quiet" onPress={onCancel}>
          {t('action.cancel')}
        </Button>
      </div>
    </Form>
  );
}
