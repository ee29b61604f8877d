import { Check, Minus, Plus } from 'lucide-react';
import type { ReviewMarks, Tag, TagColor } from '../../../preload/model.ts';
import { useTags } from '../../bridge/queries.ts';
import { Picker } from '../../parts/picker.tsx';
import type { PickerItem } from '../../parts/picker.tsx';
import { formatNumber } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { TagDot } from './tag-chip.tsx';
import type { ReviewTarget } from './target.ts';
import type { useReviewActions } from './use-review-actions.tsx';
import styles from './pickers.module.css';

// The contract's list comes with zod, which the page must not load.
const colors: readonly TagColor[] = ['blue', 'amber', 'green', 'red', 'violet', 'teal', 'pink', 'orange', 'grey'];

interface TagPickerProps {
  target: ReviewTarget;
  marks: ReadonlyMap<string, ReviewMarks>;
  actions: ReturnType<typeof useReviewActions>;
  isOpen: boolean;
  onClose: () => void;
}

/** Puts tags on and takes them off; a name that isn't there yet becomes a tag. */
export function TagPicker({ target, marks, actions, isOpen, onClose }: TagPickerProps) {
  const tags = useTags().data ?? [];
  const shareOf = (name: string) => {
    const having = target.ids.filter((id) => marks.get(id)?.tags.some((tag) => tag.name === name)).length;
    return having === 0 ? 'none' : having === target.ids.length ? 'all' : 'some';
  };
  const itemsFor = (typed: string): PickerItem[] => {
    const known = tags.some((tag) => tag.name.localeCompare(typed, undefined, { sensitivity: 'accent' }) === 0);
    return [
      ...tags.map((tag) => tagItem(tag, shareOf(tag.name))),
      // Of very many conversations nobody knows which have a tag: taking it off is a choice of its own.
      ...(target.ids.length > 0 ? [] : tags.filter((tag) => tag.total > 0).map(removalItem)),
      ...(typed === '' || known
        ? []
        : [
            {
              id: 'create',
              label: t('tags.create', { name: typed }),
              mark: <Plus size={14} aria-hidden />,
              always: true,
            },
          ]),
    ];
  };
  const pick = (id: string, typed: string) => {
    const color = colors[tags.length % colors.length] ?? 'grey';
    const name = id.slice(4);
    if (id === 'create') void actions.apply({ kind: 'tag', tag: typed, color }, target.scope).catch(() => undefined);
    else if (id.startsWith('off:') || shareOf(name) === 'all')
      void actions.apply({ kind: 'untag', tag: name }, target.scope).catch(() => undefined);
    else void actions.apply({ kind: 'tag', tag: name }, target.scope).catch(() => undefined);
  };
  return (
    <Picker
      title={t('tags.title')}
      about={t('review.about', { count: target.count })}
      placeholder={t('tags.placeholder')}
      none={t('tags.none')}
      isOpen={isOpen}
      onClose={onClose}
      itemsFor={itemsFor}
      onPick={pick}
      stays
    />
  );
}

function tagItem(tag: Tag, share: 'all' | 'some' | 'none'): PickerItem {
  return {
    id: `tag:${tag.name}`,
    label: tag.name,
    mark: (
      <span className={styles.mark}>
        <span className={styles.tick}>
          {share === 'all' && <Check size={14} aria-label={t('tags.on-all')} />}
          {share === 'some' && <Minus size={14} aria-label={t('tags.on-some')} />}
        </span>
        <TagDot color={tag.color} />
      </span>
    ),
    hint: formatNumber(tag.total),
  };
}

function removalItem(tag: Tag): PickerItem {
  return {
    id: `off:${tag.name}`,
    label: t('tags.take-off', { name: tag.name }),
    mark: <Minus size={14} aria-hidden />,
  };
}
