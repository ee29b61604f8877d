import { useState } from 'react';
import type { ExportSplit } from '../../../preload/model.ts';
import { Select, TextField } from '../../parts/field.tsx';
import { t } from '../../text/text.ts';
import styles from './split-choice.module.css';

type By = 'none' | ExportSplit['by'];

/** The contract's own limits, so that the field refuses what the engine would. */
const largest = { count: 100_000_000, size: 10_000_000 };

/** Whether a package is divided into parts, and where each ends. */
export function SplitChoice({ onChange }: { onChange: (split: ExportSplit | 'invalid' | null) => void }) {
  const [by, setBy] = useState<By>('none');
  const [conversations, setConversations] = useState('10000');
  const [megabytes, setMegabytes] = useState('500');
  const choose = (next: By, many: string, large: string) => onChange(splitOf(next, many, large));
  return (
    <div className={styles.split}>
      <Select
        label={t('export.split')}
        choices={(['none', 'month', 'count', 'size'] as const).map((id) => ({ id, label: t(`export.split.${id}`) }))}
        value={by}
        onChange={(next) => {
          setBy(next);
          choose(next, conversations, megabytes);
        }}
      />
      {by === 'count' && (
        <TextField
          label={t('export.split.conversations')}
          value={conversations}
          onChange={(text) => {
            setConversations(text);
            choose(by, text, megabytes);
          }}
          isRequired
          inputMode="numeric"
          // Said while typing: said on leaving the field, it would move the button under the pointer.
          validationBehavior="aria"
          validate={(text) => isNumber(text, largest.count) || t('export.split.number', { largest: largest.count })}
        />
      )}
      {by === 'size' && (
        <TextField
          label={t('export.split.megabytes')}
          value={megabytes}
          onChange={(text) => {
            setMegabytes(text);
            choose(by, conversations, text);
          }}
          isRequired
          inputMode="numeric"
          validationBehavior="aria"
          validate={(text) => isNumber(text, largest.size) || t('export.split.number', { largest: largest.size })}
        />
      )}
    </div>
  );
}

function isNumber(text: string, max: number): boolean {
  return /^\d+$/u.test(text.trim()) && Number(text) >= 1 && Number(text) <= max;
}

function splitOf(by: By, conversations: string, megabytes: string): ExportSplit | 'invalid' | null {
  if (by === 'none') return null;
  if (by === 'month') return { by };
  if (!isNumber(by === 'count' ? conversations : megabytes, largest[by])) return 'invalid';
  return by === 'count' ? { by, conversations: Number(conversations) } : { by, megabytes: Number(megabytes) };
}
