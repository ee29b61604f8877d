import { clsx } from 'clsx';
import { EyeOff, Hourglass, Scissors, Split } from 'lucide-react';
import type { Flag } from '../../../preload/model.ts';
import { t } from '../../text/text.ts';
import styles from './flags.module.css';

const icons = { erased: EyeOff, partial: Split, open: Hourglass, shrunk: Scissors, 'not-enriched': Hourglass } as const;
/** Loss is red; the rest will pass or is for information. */
const severe: ReadonlySet<Flag> = new Set<Flag>(['erased', 'shrunk']);

/** Marks of a record, small: an icon and a word each. */
export function FlagChips({ flags }: { flags: readonly Flag[] }) {
  return flags.map((flag) => {
    const Icon = icons[flag];
    return (
      <span key={flag} className={clsx(styles.chip, severe.has(flag) && styles.severe)}>
        <Icon size={11} aria-hidden />
        {t(`flag.${flag}`)}
      </span>
    );
  });
}

/** The same marks, each with the sentence that says what it means. */
export function FlagSentences({ flags }: { flags: readonly Flag[] }) {
  if (flags.length === 0) return null;
  return (
    <ul className={styles.sentences}>
      {flags.map((flag) => {
        const Icon = icons[flag];
        return (
          <li key={flag} className={clsx(styles.sentence, severe.has(flag) && styles.severe)}>
            <Icon size={14} aria-hidden />
            {t(`flag.${flag}.means`)}
          </li>
        );
      })}
    </ul>
  );
}
