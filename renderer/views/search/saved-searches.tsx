import { useMutation } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { SavedSearch } from '../../../preload/model.ts';
import { useClient } from '../../bridge/client.ts';
import { useSavedSearches, useSavedSearchNews } from '../../bridge/queries.ts';
import { useRefreshReview } from '../../bridge/review.ts';
import { IconButton } from '../../parts/button.tsx';
import { t } from '../../text/text.ts';
import { tellError } from '../review/use-review-actions.tsx';
import styles from './saved-searches.module.css';

interface SavedSearchesProps {
  query: string;
  onOpen: (saved: SavedSearch) => void;
}

/** Searches that were given a name, each with how many hits are new since it was last opened. */
export function SavedSearches({ query, onOpen }: SavedSearchesProps) {
  const client = useClient();
  const refresh = useRefreshReview();
  const saved = useSavedSearches().data ?? [];
  const news = useSavedSearchNews().data ?? [];
  const onSettled = () => void refresh();
  const seen = useMutation({
    mutationFn: (name: string) => client.call('savedSearches.seen', { name }),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (name: string) => client.call('savedSearches.remove', { name }),
    onSettled,
    onError: tellError,
  });
  if (saved.length === 0) return null;
  return (
    <section className={styles.saved} aria-label={t('saved.title')}>
      <h2 className={styles.heading}>{t('saved.title')}</h2>
      <ul>
        {saved.map((item) => {
          const fresh = news.find((other) => other.name === item.name)?.newHits ?? 0;
          return (
            <li key={item.name} className={styles.line}>
              <button
                type="button"
                className={styles.open}
                title={item.query}
                aria-current={item.query === query ? 'true' : undefined}
                onClick={() => {
                  seen.mutate(item.name);
                  onOpen(item);
                }}
              >
                <bdi className={styles.name}>{item.name}</bdi>
                {fresh > 0 && <span className={styles.fresh}>{t('saved.fresh', { count: fresh })}</span>}
              </button>
              <IconButton
                label={t('saved.remove', { name: item.name })}
                size="small"
                onPress={() => remove.mutate(item.name)}
              >
                <X size={14} aria-hidden />
              </IconButton>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
