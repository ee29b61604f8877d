import { clsx } from 'clsx';
import { useState } from 'react';
import { Switch } from 'react-aria-components';
import { Dialog } from '../../parts/dialog.tsx';
import { setSingleKeysEnabled, singleKeysEnabled } from '../../state/shortcuts.ts';
import { t } from '../../text/text.ts';
import styles from './shortcut-sheet.module.css';

const groups: readonly { title: string; keys: readonly (readonly [string, string])[] }[] = [
  {
    title: t('shortcuts.everywhere'),
    keys: [
      ['Ctrl K · ⌘ K', t('palette.open')],
      ['?', t('shortcuts.title')],
      ['Esc', t('shortcuts.escape')],
    ],
  },
  {
    title: t('nav.search'),
    keys: [
      ['/', t('shortcuts.field')],
      ['j  k', t('shortcuts.results')],
      ['Enter', t('shortcuts.read')],
      ['x  Ctrl A', t('shortcuts.select')],
      ['Shift ↑  Shift ↓', t('shortcuts.range')],
      ['e', t('shortcuts.export')],
    ],
  },
  {
    title: t('shortcuts.review'),
    keys: [
      ['t', t('tags.title')],
      ['s', t('review.star')],
      ['a', t('note.title')],
      ['r', t('decision.title')],
      ['c', t('cases.pick')],
      ['h', t('hold.title')],
      ['u', t('shortcuts.undo')],
    ],
  },
  {
    title: t('shortcuts.reader'),
    keys: [
      ['n  p', t('shortcuts.hits')],
      ['y', t('reader.quote')],
    ],
  },
];

export function ShortcutSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [enabled, setEnabled] = useState(singleKeysEnabled);
  return (
    <Dialog title={t('shortcuts.title')} isOpen={isOpen} onClose={onClose} size="small">
      <div className={styles.sheet}>
        {groups.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.keys.map(([keys, meaning]) => (
                <div key={keys} className={styles.row}>
                  <dt>
                    {keys.split('  ').map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <Switch
          className={clsx(styles.switch)}
          isSelected={enabled}
          onChange={(on) => {
            setSingleKeysEnabled(on);
            setEnabled(on);
          }}
        >
          <span className={styles.track} aria-hidden />
          {t('shortcuts.single')}
        </Switch>
      </div>
    </Dialog>
  );
}
