import { useMutation } from '@tanstack/react-query';
import type { Input } from '../../../preload/contract.ts';
import type { ReviewAction, ReviewScope } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { useRefreshReview } from '../../bridge/review.ts';
import { Button } from '../../parts/button.tsx';
import { toast } from '../../parts/toast.tsx';
import { t } from '../../text/text.ts';

type ReviewChange = Input<'review.apply'>['change'];

interface Order {
  change: ReviewChange;
  scope: ReviewScope;
}

/**
 * Carries out what reviewers do, says what was done, and offers to take it back; `quiet` where the screen itself says so.
 */
export function useReviewActions(quiet = false) {
  const client = useClient();
  const refresh = useRefreshReview();
  const undo = useMutation({
    mutationFn: (action: number | undefined) => client.call('review.undo', action === undefined ? {} : { action }),
    onSuccess: ({ action }) => {
      void refresh();
      if (!quiet) toast(t('review.undone', { what: actionWords(action) }));
    },
    onError: tellError,
  });
  const apply = useMutation({
    mutationFn: (order: Order) => client.call('review.apply', order),
    onSuccess: ({ action, jobId }) => {
      void refresh();
      if (jobId !== null) {
        toast(t('review.job', { count: action.matched }));
        return;
      }
      if (quiet) return;
      toast(
        actionWords(action),
        action.changed === 0 ? undefined : (
          <Button size="small" onPress={() => undo.mutate(action.action)}>
            {t('action.undo')}
          </Button>
        ),
      );
    },
    onError: tellError,
  });
  return {
    apply: (change: ReviewChange, scope: ReviewScope) => apply.mutateAsync({ change, scope }),
    undoLast: () => undo.mutate(undefined),
    undo: (action: number) => undo.mutateAsync(action),
    busy: apply.isPending || undo.isPending,
  };
}

/** In passing, because the page is as it was: what happened, what to do, and that nothing was lost. */
export function tellError(thrown: unknown): void {
  const { message, hint } = asErrorValue(thrown);
  toast([message, hint, t('error.nothing-lost')].filter((part) => part !== undefined).join(' '));
}

function actionWords(action: ReviewAction): string {
  const { kind, name, changed } = action;
  if (changed === 0) return t('review.nothing-to-do');
  if (kind === 'mark') return t('review.done.mark', { count: changed, outcome: t(outcomeKey(name)) });
  return t(`review.done.${kind}`, { count: changed, name });
}

function outcomeKey(name: string): 'outcome.relevant' | 'outcome.not-relevant' | 'outcome.second-look' {
  return name === 'relevant' || name === 'not-relevant' ? `outcome.${name}` : 'outcome.second-look';
}
