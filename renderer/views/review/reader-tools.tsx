import { Briefcase, CircleCheckBig, Lock, Star, StickyNote, Tag } from 'lucide-react';
import { useMarks } from '../../bridge/review.ts';
import { IconButton } from '../../parts/button.tsx';
import { t } from '../../text/text.ts';
import type { ReviewDesk } from './use-review-desk.tsx';

/** What can be done to the conversation that is read, each with its key. */
export function ReaderTools({ id, desk }: { id: string; desk: ReviewDesk }) {
  const starred = useMarks(id)?.starred ?? false;
  return (
    <>
      <IconButton
        label={starred ? t('review.unstar') : t('review.star')}
        shortcut="s"
        size="small"
        pressed={starred}
        onPress={desk.toggleStar}
      >
        <Star size={16} fill={starred ? 'currentColor' : 'none'} aria-hidden />
      </IconButton>
      <IconButton label={t('tags.title')} shortcut="t" size="small" onPress={() => desk.open('tag')}>
        <Tag size={16} aria-hidden />
      </IconButton>
      <IconButton label={t('note.title')} shortcut="a" size="small" onPress={() => desk.open('note')}>
        <StickyNote size={16} aria-hidden />
      </IconButton>
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
