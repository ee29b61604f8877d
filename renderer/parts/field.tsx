import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import {
  Button,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
  TextArea,
  TextField as AriaTextField,
} from 'react-aria-components';
import type { TextFieldProps as AriaTextFieldProps } from 'react-aria-components';
import { ChevronDown } from 'lucide-react';
import styles from './field.module.css';

interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> {
  label: string;
  description?: ReactNode;
  placeholder?: string;
  mono?: boolean;
  /** What is wrong with the value, while something is. */
  error?: string | undefined;
  /** More than one line. */
  rows?: number;
}

export function TextField({ label, description, placeholder, mono = false, error, rows, ...props }: TextFieldProps) {
  const look = {
    className: clsx(styles.input, mono && styles.mono),
    ...(placeholder === undefined ? {} : { placeholder }),
  };
  return (
    <AriaTextField {...props} {...(error === undefined ? {} : { isInvalid: true })} className={clsx(styles.field)}>
      <Label className={clsx(styles.label)}>{label}</Label>
      {rows === undefined ? <Input {...look} /> : <TextArea {...look} rows={rows} />}
      {description !== undefined && (
        <Text slot="description" className={clsx(styles.description)}>
          {description}
        </Text>
      )}
      <FieldError className={clsx(styles.error)}>{error}</FieldError>
    </AriaTextField>
  );
}

export interface Choice<T extends string> {
  id: T;
  label: string;
}

interface SelectProps<T extends string> {
  label: string;
  /** The label is read aloud only, because the place already says it. */
  labelHidden?: boolean;
  choices: readonly Choice<T>[];
  value: T;
  onChange: (value: T) => void;
  isDisabled?: boolean;
}

export function Select<T extends string>({
  label,
  labelHidden = false,
  choices,
  value,
  onChange,
  isDisabled = false,
}: SelectProps<T>) {
  return (
    <AriaSelect
      className={clsx(styles.field)}
      value={value}
      isDisabled={isDisabled}
      onChange={(key) => {
        if (key !== null) onChange(String(key) as T);
      }}
    >
      <Label className={labelHidden ? 'visually-hidden' : clsx(styles.label)}>{label}</Label>
      <Button className={clsx(styles.input, styles.select)}>
        <SelectValue className={clsx(styles.value)} />
        <ChevronDown size={14} aria-hidden />
      </Button>
      <Popover className={clsx(styles.popover)} data-popover="">
        <ListBox items={choices} className={clsx(styles.options)}>
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.label} className={clsx(styles.option)}>
              {choice.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
