import { useSyncExternalStore } from 'react';
import { rememberHere, rememberedHere } from './remembered.ts';

/** Words of one message that somebody marked to be hidden in exports: places, never the words. */
export interface MarkedPassage {
  /** Of the conversation. */
  id: string;
  message: number;
  /** UTF-16 units. */
  start: number;
  end: number;
}

/** As many as an export takes. */
const most = 10_000;
const key = 'marked-passages';
const listeners = new Set<() => void>();
let passages: readonly MarkedPassage[] = remembered();

/** For this window, until they are forgotten or it is closed. */
export function useMarkedPassages(): readonly MarkedPassage[] {
  return useSyncExternalStore(subscribe, () => passages);
}

/** Gives how many are marked now. */
export function markPassage(passage: MarkedPassage): number {
  const isSame = (other: MarkedPassage) => JSON.stringify(other) === JSON.stringify(passage);
  if (!passages.some(isSame)) replace([...passages, passage].slice(-most));
  return passages.length;
}

export function forgetPassages(): void {
  replace([]);
}

function replace(next: readonly MarkedPassage[]): void {
  passages = next;
  rememberHere(key, next);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function remembered(): readonly MarkedPassage[] {
  const stored = rememberedHere(key);
  return Array.isArray(stored) && stored.every(isPassage) ? stored : [];
}

function isPassage(value: unknown): value is MarkedPassage {
  if (typeof value !== 'object' || value === null) return false;
  const { id, message, start, end } = value as Record<string, unknown>;
  return typeof id === 'string' && [message, start, end].every((number) => Number.isSafeInteger(number));
}
