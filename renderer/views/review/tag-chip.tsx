import type { TagColor } from '../../../preload/model.ts';
import styles from './tag-chip.module.css';

/** The colour of a tag, beside its name: colour alone says nothing. */
export function TagDot({ color }: { color: TagColor }) {
  return <span className={styles.dot} data-color={color} aria-hidden />;
}

export function TagChip({ name, color }: { name: string; color: TagColor }) {
  return (
    <span className={styles.chip}>
      <TagDot color={color} />
      <bdi className={styles.name}>{name}</bdi>
    </span>
  );
}
