import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Outcome } from '../../../preload/model.ts';
import { useMarksOfPages } from '../../bridge/review.ts';
import { useShortcuts } from '../../state/shortcuts.ts';
import { CasePicker } from './case-picker.tsx';
import { DecisionPicker } from './decision-picker.tsx';
import { HoldDialog } from './hold-dialog.tsx';
import { NoteDialog } from './note-dialog.tsx';
import { TagPicker } from './tag-picker.tsx';
import type { ReviewTarget } from './target.ts';
import { useReviewActions } from './use-review-actions.tsx';

export type DeskDialog = 'tag' | 'case' | 'decision' | 'hold' | 'note';

export interface ReviewDesk {
  /** Asks for what an action needs; does nothing while there is nothing to act on. */
  open: (dialog: DeskDialog) => void;
  toggleStar: () => void;
  decide: (outcome: Outcome | null) => Promise<void>;
  undoLast: () => void;
  busy: boolean;
  dialogs: ReactNode;
}

interface Reading {
  id: string;
  message: number | null;
}

/** All that reviewers do to a target, by key and by button, with the dialogs that it takes. */
export function useReviewDesk(target: ReviewTarget | null, reading: Reading | null, keys = true): ReviewDesk {
  const [dialog, setDialog] = useState<DeskDialog | null>(null);
  const actions = useReviewActions();
  const marks = useMarksOfPages(target === null ? [] : [target.ids]);
  const close = () => setDialog(null);
  const open = (wanted: DeskDialog) => {
    if (wanted === 'note' ? reading !== null : target !== null) setDialog(wanted);
  };
  const toggleStar = () => {
    if (target === null) return;
    const all = target.ids.length > 0 && target.ids.every((id) => marks.get(id)?.starred);
    void actions.apply({ kind: all ? 'unstar' : 'star' }, target.scope).catch(() => undefined);
  };
  const decide = async (outcome: Outcome | null) => {
    if (target === null) return;
    await actions.apply(outcome === null ? { kind: 'unmark' } : { kind: 'mark', outcome }, target.scope);
  };
  const shortcuts = {
    t: () => open('tag'),
    c: () => open('case'),
    r: () => open('decision'),
    h: () => open('hold'),
    a: () => open('note'),
    s: toggleStar,
    u: actions.undoLast,
  };
  useShortcuts(keys ? shortcuts : {});
  const shared = { marks, actions, onClose: close };
  return {
    open,
    toggleStar,
    decide,
    undoLast: actions.undoLast,
    busy: actions.busy,
    dialogs: (
      <>
        {target !== null && (
          <>
            <TagPicker target={target} {...shared} isOpen={dialog === 'tag'} />
            <CasePicker target={target} {...shared} isOpen={dialog === 'case'} />
            <DecisionPicker
              target={target}
              isOpen={dialog === 'decision'}
              onClose={close}
              onDecide={(outcome) => void decide(outcome).catch(() => undefined)}
            />
            <HoldDialog target={target} isOpen={dialog === 'hold'} onClose={close} />
          </>
        )}
        {reading !== null && (
          <NoteDialog
            key={`${reading.id} ${reading.message}`}
            {...reading}
            isOpen={dialog === 'note'}
            onClose={close}
          />
        )}
      </>
    ),
  };
}
