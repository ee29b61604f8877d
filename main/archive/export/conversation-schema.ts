import {
  flagSchema,
  messageKindSchema,
  roleSchema,
  sourceSchema,
  versionReasonSchema,
} from '../../../preload/model.ts';

const text = { type: 'string' };
const number = { type: 'number' };
const count = { type: 'integer', minimum: 0 };
const time = { type: 'string', format: 'date-time', pattern: '\\.\\d{3}Z$' };
const maybe = (schema: { type: string }) => ({ ...schema, type: [schema.type, 'null'] });
const oneOf = (values: readonly string[]) => ({ enum: values });
const list = (items: object) => ({ type: 'array', items });

function object(properties: Record<string, object>, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

/**
 * The JSON Schema (draft 2020-12) of one conversation in the ndjson and json formats, published beside the data.
 * Later versions of the app may add members; readers should not insist on `additionalProperties`.
 */
export const conversationSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:transcript-archive:conversation:1',
  title: 'Conversation of a Transcript Archive export',
  ...object(
    {
      id: { ...text, description: 'SOURCE:ACCOUNT:REMOTE-ID' },
      source: oneOf(sourceSchema.options),
      accountId: text,
      startedAt: time,
      endedAt: maybe(time),
      durationMs: maybe(count),
      agents: list(object({ id: text, name: text, login: maybe(text), group: maybe(text) })),
      skills: list(object({ id: text, name: text })),
      customer: object({ id: maybe(text), name: maybe(text), email: maybe(text), phone: maybe(text) }),
      csat: maybe(number),
      nps: maybe(number),
      mcs: maybe(number),
      status: oneOf(['open', 'closed']),
      messageCount: count,
      messages: list(
        object({
          index: count,
          id: text,
          time: maybe(time),
          role: oneOf(roleSchema.options),
          speaker: text,
          text,
          kind: oneOf(messageKindSchema.options),
          private: { type: 'boolean', description: 'Only agents saw it.' },
        }),
      ),
      surveys: list(object({ survey: text, question: text, answer: text, time: maybe(time) })),
      attributes: list(
        object({ type: text, name: text, value: text, authenticated: maybe({ type: 'boolean' }), time: maybe(time) }),
      ),
      transfers: list(object({ time: maybe(time), reason: text, from: text, to: text })),
      summary: maybe(text),
      details: list(object({ name: text, value: text })),
      version: { type: 'integer', minimum: 1 },
      versions: list(
        object(
          {
            version: { type: 'integer', minimum: 1 },
            receivedAt: time,
            reason: oneOf(versionReasonSchema.options),
            sha256: { type: ['string', 'null'], pattern: '^[0-9a-f]{64}$' },
            destroyed: {
              ...object({ at: time, entry: count }),
              description: 'When the content of this version was destroyed, and by which entry of the custody log.',
            },
          },
          ['destroyed'],
        ),
      ),
      flags: list(oneOf(flagSchema.options)),
      originalLineBreaks: {
        ...object({ lf: list(count), cr: list(count) }),
        description: 'Byte offsets of line breaks in the original that stand as blanks here, when there are any.',
      },
      original: { description: "The API's record, byte for byte as received; `versions` has its SHA-256." },
    },
    ['originalLineBreaks'],
  ),
};

export const conversationSchemaText = `${JSON.stringify(conversationSchema, null, 2)}\n`;
