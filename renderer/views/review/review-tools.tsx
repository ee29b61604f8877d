import { Briefcase, CircleCheckBig, Lock, Star, StickyNote, Tag } from 'lucide-react';
import { useMarks } from '../../bridge/review.ts';
import { IconButton } from '../../parts/button.tsx';
import { t } from '../../text/text.ts';
import type { ReviewDesk } from './use-review-desk.tsx';

interface ReviewToolsProps {
  desk: ReviewDesk;
  /** Whether what they are for has a star; absent: some may have one and some not. */
  starred?: boolean;
  /** Notes are for one conversation at a time. */
  notes?: boolean;
}

/** What can be done to conversations, each with its key. */
export function ReviewTools({ desk, starred, notes = false }: ReviewToolsProps) {
  return (
    <>
      <IconButton
        label={starred === true ? t('review.unstar') : t('review.star')}
        shortcut="s"
        size="small"
        {...(starred === undefined ? {} : { pressed: starred })}
        onPress={desk.toggleStar}
      >
        <Star size={16} fill={starred === true ? 'currentColor' : 'none'} aria-hidden />
      </IconButton>
      <IconButton label={t('tags.title')} shortcut="t" size="small" onPress={() => desk.open('tag')}>
        <Tag size={16} aria-hidden />
      </IconButton>
      {notes && (
        <IconButton label={t('note.title')} shortcut="a" size="small" onPress={() => desk.open('note')}>
          <StickyNote size={16} aria-hidden />
        </IconButton>
      )}
      <IconButton label={t('decision.title')} shortcut="r" size="small" onPress={() => desk.open('decision')}>
        <CircleCheckBig size={16} aria-hidden />
      </IconButton>
      <IconButton label={t('cases.pick')} shortcut="c" size="small" onPress={() => desk.open('case')}>
        <Briefcase size={16} aria-hidden />
      </IconButton>
      <IconButton label={t('hold.title')} shortcut="h" size="small" onPress={() => desk.open('hold')}>
        <Lock size={16} aria-hidden />
      </IconButton>
    </>
  );
}

/** The tools for the conversation that is read. */
export function ReaderTools({ id, desk }: { id: string; desk: ReviewDesk }) {
  return <ReviewTools desk={desk} starred={useMarks(id)?.starred ?? false} notes />;
}
