import type { Outcome } from '../../../preload/model.ts';
import { Picker } from '../../parts/picker.tsx';
import type { PickerItem } from '../../parts/picker.tsx';
import { t } from '../../text/text.ts';
import { outcomeKeys } from './outcomes.ts';
import { OutcomeIcon } from './row-marks.tsx';
import type { ReviewTarget } from './target.ts';

interface DecisionPickerProps {
  target: ReviewTarget;
  isOpen: boolean;
  onClose: () => void;
  /** Null withdraws the decision. */
  onDecide: (outcome: Outcome | null) => void;
}

const withdraw = { key: '0', id: 'withdraw' };

function decisions(): PickerItem[] {
  return [
    ...outcomeKeys.map(({ key, outcome }) => ({
      id: outcome,
      label: t(`outcome.${outcome}`),
      mark: <OutcomeIcon outcome={outcome} size={14} />,
      hint: <kbd>{key}</kbd>,
    })),
    { id: withdraw.id, label: t('decision.withdraw'), hint: <kbd>{withdraw.key}</kbd> },
  ];
}

/** The explicit decision that makes a conversation reviewed: one key. */
export function DecisionPicker({ target, isOpen, onClose, onDecide }: DecisionPickerProps) {
  return (
    <Picker
      title={t('decision.title')}
      about={t('review.about', { count: target.count })}
      placeholder={t('decision.placeholder')}
      none={t('decision.none')}
      isOpen={isOpen}
      onClose={onClose}
      itemsFor={decisions}
      keys={Object.fromEntries([...outcomeKeys.map(({ key, outcome }) => [key, outcome]), [withdraw.key, withdraw.id]])}
      onPick={(id) => onDecide(outcomeKeys.find(({ outcome }) => outcome === id)?.outcome ?? null)}
    />
  );
}
