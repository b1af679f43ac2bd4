import type {
  InformationCandidateResolvers,
  InformationDraftResolvers,
  InformationHandlingResolvers,
} from './generated/types.ts';

/** What is a property of another name, or of another shape, than the graph's. */
export const informationHandling: Pick<
  InformationHandlingResolvers,
  | 'registeredAskerName'
  | 'isNamedByNumber'
  | 'childName'
  | 'childBirthDate'
  | 'findings'
  | 'draft'
  | 'letter'
  | 'complaint'
> = {
  registeredAskerName: ({ registeredName }) => registeredName,
  isNamedByNumber: ({ namedChild }) => namedChild?.kind === 'number',
  childName: ({ namedChild }) => (namedChild?.kind === 'name' ? namedChild.name : null),
  childBirthDate: ({ namedChild }) => (namedChild?.kind === 'name' ? namedChild.birthDate : null),
  findings: ({ findings, texts }) =>
    findings === null ? null : { ...findings, proof: texts.PROOF ?? null, note: texts.NOTE ?? null },
  draft: ({ draft, texts }) =>
    draft === null ? null : { draft, text: (draft.kind === 'ANSWER' ? texts.ANSWER : texts.REASONS) ?? null },
  letter: ({ texts }) => texts.LETTER ?? null,
  complaint: ({ texts }) => texts.COMPLAINT ?? null,
};

export const informationDraft: Pick<InformationDraftResolvers, 'ground' | 'isMine'> = {
  ground: ({ draft }) => (draft.kind === 'REFUSAL' ? draft.ground : null),
  isMine: ({ draft }, _arguments, { actor }) => 'personId' in actor && actor.personId === draft.by,
};

export const informationCandidate: Pick<
  InformationCandidateResolvers,
  'id' | 'isAskerParent' | 'holders' | 'places'
> = {
  id: ({ childId }) => childId,
  isAskerParent: ({ isParent }) => isParent,
  holders: ({ entries }) => entries.map(({ value, name }) => ({ value, name })),
  places: ({ places }) =>
    places.map(({ unit, kind, from, to }) => ({ unitName: unit, unitKind: kind, from, to })),
};
