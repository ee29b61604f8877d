import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Button as AriaButton, Tooltip, TooltipTrigger } from 'react-aria-components';
import type { ButtonProps as AriaButtonProps } from 'react-aria-components';
import styles from './button.module.css';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  size?: 'small' | 'normal';
  children: ReactNode;
}

/** A verb to press. One primary per screen. */
export function Button({ kind = 'plain', size = 'normal', children, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} className={clsx(styles.button, styles[kind], size === 'small' && styles.small)}>
      {children}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'aria-label' | 'kind'> {
  /** What it does; spoken, and shown as a tooltip with its key. */
  label: string;
  shortcut?: string;
  pressed?: boolean;
}

export function IconButton({ label, shortcut, pressed, children, size = 'normal', ...props }: IconButtonProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <AriaButton
        {...props}
        aria-label={label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        className={clsx(styles.button, styles.quiet, styles.icon, size === 'small' && styles.small)}
      >
        {children}
      </AriaButton>
      <Tooltip className={clsx(styles.tooltip)} offset={6}>
        {label}
        {shortcut !== undefined && <kbd>{shortcut}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
