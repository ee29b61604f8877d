import type { Agent, Skill } from '../../../preload/model.ts';
import type { FilterValue } from './decoded.ts';
import { firstText, idOf, type JsonObject, nameOf, textOf } from './values.ts';

/** An agent as one part of a record tells it; parts complete each other. */
export interface KnownAgent {
  id: string;
  fullName: string | null;
  nickname: string | null;
  login: string | null;
  groupId: string | null;
  groupName: string | null;
  /** `System`, `Human`, `Bot`. */
  kind: string | null;
}

const userTypes: Readonly<Record<string, string>> = { '0': 'System', '1': 'Human', '2': 'Bot' };

/**
 * Reads an agent out of an object whose keys start with `prefix`, e.g. `latestAgent` in `latestAgentFullName`.
 * Capitals differ between samples and tables (`agentFullname`).
 */
export function readAgent(object: JsonObject, prefix: string): KnownAgent | null {
  const id = idOf(object[`${prefix}Id`]);
  const login = textOf(object[`${prefix}LoginName`]);
  const nickname = firstText(object[`${prefix}Nickname`], object[`${prefix}NickName`], object[`${prefix}Name`]);
  const fullName = firstText(object[`${prefix}FullName`], object[`${prefix}Fullname`]);
  const identity = id === '0' ? null : (id ?? login ?? fullName ?? nickname);
  if (identity === null) return null;
  const type = textOf(object['userType']);
  return {
    id: identity,
    fullName,
    nickname,
    login,
    groupId: idOf(object[`${prefix}GroupId`]),
    groupName: nameOf(object[`${prefix}GroupName`]),
    kind: textOf(object['userTypeName']) ?? (type === null ? null : (userTypes[type] ?? null)),
  };
}

/** All agents of one record in order of appearance, each once. */
export class AgentList {
  readonly #agents = new Map<string, KnownAgent>();

  add(agent: KnownAgent | null): void {
    if (agent === null) return;
    const known = this.#agents.get(agent.id);
    if (known === undefined) {
      this.#agents.set(agent.id, { ...agent });
      return;
    }
    known.fullName ??= agent.fullName;
    known.nickname ??= agent.nickname;
    known.login ??= agent.login;
    known.groupId ??= agent.groupId;
    known.groupName ??= agent.groupName;
    known.kind ??= agent.kind;
  }

  find(id: string | null): KnownAgent | undefined {
    return id === null ? undefined : this.#agents.get(id);
  }

  /** Of `Bot` or `System`; people are the rule. */
  isKind(id: string | null, kind: 'bot' | 'system'): boolean {
    return this.find(id)?.kind?.toLowerCase() === kind;
  }

  get hasBot(): boolean {
    return [...this.#agents.keys()].some((id) => this.isKind(id, 'bot'));
  }

  get agents(): Agent[] {
    return [...this.#agents.values()].map((agent) => ({
      id: agent.id,
      name: agentName(agent),
      login: agent.login,
      group: agent.groupName,
    }));
  }

  get filterValues(): FilterValue[] {
    return [...this.#agents.values()].map((agent) => {
      const value = agentName(agent);
      return filterValue(value, agent.fullName, agent.nickname, agent.login, agent.id);
    });
  }

  get groupValues(): FilterValue[] {
    return uniqueValues(
      [...this.#agents.values()].map((agent) => filterValue(agent.groupName ?? agent.groupId, agent.groupId)),
    );
  }
}

export function agentName(agent: KnownAgent): string {
  return agent.fullName ?? agent.nickname ?? agent.login ?? agent.id;
}

/** All skills of one record in order of appearance, each once. -1 means "none" and is left out. */
export class SkillList {
  readonly #skills = new Map<string, Skill>();

  add(id: unknown, name: unknown): void {
    const skillId = idOf(id);
    const skillName = nameOf(name);
    if (skillId === null) return;
    const known = this.#skills.get(skillId);
    if (known === undefined) this.#skills.set(skillId, { id: skillId, name: skillName ?? skillId });
    else if (known.name === known.id && skillName !== null) known.name = skillName;
  }

  get skills(): Skill[] {
    return [...this.#skills.values()];
  }

  get filterValues(): FilterValue[] {
    return this.skills.map((skill) => filterValue(skill.name, skill.id));
  }
}

/** A value under all the names it goes by; empty when there is none. */
export function filterValue(value: string | null, ...aliases: readonly (string | null)[]): FilterValue {
  const names = new Set(aliases.filter((alias): alias is string => alias !== null && alias !== ''));
  names.delete(value ?? '');
  return { value: value ?? '', aliases: [...names] };
}

/** Each value once, with the aliases of all its occurrences; empty values are dropped. */
export function uniqueValues(values: readonly FilterValue[]): FilterValue[] {
  const unique = new Map<string, FilterValue>();
  for (const { value, aliases } of values) {
    if (value === '') continue;
    unique.set(value, filterValue(value, ...(unique.get(value)?.aliases ?? []), ...aliases));
  }
  return [...unique.values()];
}
