import type { Transcript } from '../../../../preload/model.ts';

/** The transcript with every text that a person wrote or that names one passed through `map`. */
export function mapTexts(transcript: Transcript, map: (text: string, place: string) => string): Transcript {
  const maybe = (text: string | null, place: string) => (text === null ? null : map(text, place));
  const { customer } = transcript;
  return {
    ...transcript,
    agents: transcript.agents.map((agent, index) => ({
      ...agent,
      name: map(agent.name, `shown/agents/${index}/name`),
      login: maybe(agent.login, `shown/agents/${index}/login`),
    })),
    skills: transcript.skills.map((skill, index) => ({
      ...skill,
      name: map(skill.name, `shown/skills/${index}/name`),
    })),
    customer: {
      id: maybe(customer.id, 'shown/customer/id'),
      name: maybe(customer.name, 'shown/customer/name'),
      email: maybe(customer.email, 'shown/customer/email'),
      phone: maybe(customer.phone, 'shown/customer/phone'),
    },
    messages: transcript.messages.map((message) => ({
      ...message,
      speaker: map(message.speaker, `shown/messages/${message.index}/speaker`),
      text: map(message.text, `shown/messages/${message.index}/text`),
    })),
    surveys: transcript.surveys.map((answer, index) => ({
      ...answer,
      question: map(answer.question, `shown/surveys/${index}/question`),
      answer: map(answer.answer, `shown/surveys/${index}/answer`),
    })),
    attributes: transcript.attributes.map((attribute, index) => ({
      ...attribute,
      value: map(attribute.value, `shown/attributes/${index}/value`),
    })),
    transfers: transcript.transfers.map((transfer, index) => ({
      ...transfer,
      reason: map(transfer.reason, `shown/transfers/${index}/reason`),
      from: map(transfer.from, `shown/transfers/${index}/from`),
      to: map(transfer.to, `shown/transfers/${index}/to`),
    })),
    summary: maybe(transcript.summary, 'shown/summary'),
    details: transcript.details.map((detail, index) => ({
      ...detail,
      value: map(detail.value, `shown/details/${index}/value`),
    })),
  };
}
