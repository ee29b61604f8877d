import { X } from 'lucide-react';
import { Checkbox, CheckboxGroup, Label } from 'react-aria-components';
import { clsx } from 'clsx';
import { redactionRules, type RedactionRule } from '../../../preload/redaction-profiles.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { Check } from '../../parts/check.tsx';
import { Select, TextField } from '../../parts/field.tsx';
import { forgetPassages, useMarkedPassages } from '../../state/marked-passages.ts';
import { t } from '../../text/text.ts';
import { isExpression, isReason, profileNames, type ExpressionDraft, type RedactionDraft } from './redaction-draft.ts';
import styles from './redaction-choice.module.css';

interface RedactionChoiceProps {
  draft: RedactionDraft;
  onChange: (draft: RedactionDraft) => void;
}

/** What is hidden in the exported copy: a profile or chosen rules, and expressions of one's own. */
export function RedactionChoice({ draft, onChange }: RedactionChoiceProps) {
  const marked = useMarkedPassages();
  const choices = (['none', ...profileNames, 'own'] as const).map((id) => ({ id, label: t(`redact.${id}`) }));
  return (
    <div className={styles.redaction}>
      <div className={styles.half}>
        <Select
          label={t('redact.title')}
          choices={choices}
          value={draft.profile}
          onChange={(profile) => onChange({ ...draft, profile })}
        />
      </div>
      {marked.length > 0 && (
        <div className={styles.passages}>
          <Check
            label={t('redact.passages', { count: marked.length })}
            note={t('redact.passages.what')}
            value={draft.passages}
            onChange={(passages) => onChange({ ...draft, passages })}
          />
          <Button size="small" onPress={forgetPassages}>
            {t('redact.passages.forget')}
          </Button>
        </div>
      )}
      {draft.profile !== 'none' && <p className={styles.aside}>{t('redact.what')}</p>}
      {draft.profile === 'own' && (
        <CheckboxGroup
          value={draft.rules}
          onChange={(next) => onChange({ ...draft, rules: next as RedactionRule[] })}
          className={clsx(styles.rules)}
        >
          <Label className={clsx(styles.label)}>{t('redact.rules')}</Label>
          {redactionRules.map((rule) => (
            <Checkbox key={rule} value={rule} className={clsx(styles.rule)}>
              <span className={styles.box} aria-hidden />
              {t(`redact.rule.${rule}`)}
            </Checkbox>
          ))}
        </CheckboxGroup>
      )}
      {draft.profile !== 'none' && (
        <Expressions list={draft.expressions} onChange={(expressions) => onChange({ ...draft, expressions })} />
      )}
    </div>
  );
}

function Expressions({ list, onChange }: { list: ExpressionDraft[]; onChange: (list: ExpressionDraft[]) => void }) {
  const change = (key: number, part: Partial<ExpressionDraft>) =>
    onChange(list.map((one) => (one.key === key ? { ...one, ...part } : one)));
  return (
    <div role="group" aria-label={t('redact.expressions')} className={styles.expressions}>
      {list.length > 0 && <p className={styles.label}>{t('redact.expressions')}</p>}
      {list.map(({ key, name, pattern }) => (
        <div key={key} className={styles.expression}>
          <TextField
            label={t('redact.expression.name')}
            value={name}
            onChange={(text) => change(key, { name: text })}
            isRequired
            validationBehavior="aria"
            validate={(text) => text === '' || isReason(text) || t('redact.expression.name.wrong')}
          />
          <TextField
            label={t('redact.expression.pattern')}
            value={pattern}
            onChange={(text) => change(key, { pattern: text })}
            isRequired
            mono
            validationBehavior="aria"
            validate={(text) => text === '' || isExpression(text) || t('redact.expression.pattern.wrong')}
          />
          <IconButton
            label={t('redact.expression.remove', { name: name === '' ? pattern : name })}
            onPress={() => onChange(list.filter((one) => one.key !== key))}
          >
            <X size={16} aria-hidden />
          </IconButton>
        </div>
      ))}
      <Button
        size="small"
        onPress={() =>
          onChange([...list, { key: Math.max(0, ...list.map((one) => one.key)) + 1, name: '', pattern: '' }])
        }
      >
        {t('redact.expression.add')}
      </Button>
    </div>
  );
}
