import { useMutation } from '@tanstack/react-query';
import { Check, Plus } from 'lucide-react';
import type { ReviewMarks } from '../../../preload/model.ts';
import { useClient } from '../../bridge/client.ts';
import { useCases } from '../../bridge/queries.ts';
import { Picker } from '../../parts/picker.tsx';
import type { PickerItem } from '../../parts/picker.tsx';
import { t } from '../../text/text.ts';
import type { ReviewTarget } from './target.ts';
import { tellError } from './use-review-actions.tsx';
import type { useReviewActions } from './use-review-actions.tsx';
import styles from './pickers.module.css';

interface CasePickerProps {
  target: ReviewTarget;
  marks: ReadonlyMap<string, ReviewMarks>;
  actions: ReturnType<typeof useReviewActions>;
  isOpen: boolean;
  onClose: () => void;
}

/** Puts conversations into an open case, or takes them out again; a new name opens a case. */
export function CasePicker({ target, marks, actions, isOpen, onClose }: CasePickerProps) {
  const client = useClient();
  const cases = (useCases().data ?? []).filter((item) => item.closed === null);
  const create = useMutation({
    mutationFn: (name: string) => client.call('cases.create', { name }),
    onError: tellError,
  });
  const isIn = (name: string) =>
    target.ids.length > 0 && target.ids.every((id) => marks.get(id)?.cases.some((item) => item.name === name));
  const itemsFor = (typed: string): PickerItem[] => [
    ...cases.map((item) => ({
      id: `case:${item.name}`,
      label: item.name,
      mark: <span className={styles.tick}>{isIn(item.name) && <Check size={14} aria-label={t('cases.is-in')} />}</span>,
      hint: item.matter === '' ? t('search.total', { count: item.total }) : item.matter,
    })),
    ...(typed === '' || cases.some((item) => item.name === typed)
      ? []
      : [
          {
            id: 'create',
            label: t('cases.create', { name: typed }),
            mark: <Plus size={14} aria-hidden />,
            always: true,
          },
        ]),
  ];
  const pick = async (id: string, typed: string) => {
    const name = id === 'create' ? typed : id.slice(5);
    if (id === 'create') await create.mutateAsync(name);
    await actions.apply({ kind: id !== 'create' && isIn(name) ? 'case-remove' : 'case-add', case: name }, target.scope);
  };
  return (
    <Picker
      title={t('cases.pick')}
      about={t('review.about', { count: target.count })}
      placeholder={t('cases.placeholder')}
      none={t('cases.none-yet')}
      isOpen={isOpen}
      onClose={onClose}
      itemsFor={itemsFor}
      // What went wrong has been said.
      onPick={(id, typed) => void pick(id, typed).catch(() => undefined)}
    />
  );
}
