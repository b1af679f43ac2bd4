import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ask } from '../../graph/ask.ts';
import {
  DeleteDraft,
  type DraftsQuery,
  SaveDraft,
  type SaveDraftMutationVariables,
} from '../../graph/generated/operations.ts';

export type KeptDraft = NonNullable<DraftsQuery['drafts']>['nodes'][number];
export type DraftInput = Omit<SaveDraftMutationVariables['input'], 'draftId' | 'idempotencyKey'>;

/** How long nobody has to have typed before what stands there is kept. */
const restMs = 1_500;

export interface Keeping {
  readonly id: string | undefined;
  /** Whether what stands there now is kept at the municipality. */
  readonly isKept: boolean;
  readonly forget: () => void;
  /** Leaves it as it is kept, for whoever sends it. */
  readonly leave: () => void;
}

/**
 * Keeps what is being written where a session that ends does not take it along (M44). `input` is null while there is nothing
 * to keep, or nothing that may be kept. Nothing that is shown is read anew for it.
 */
export function useDraft(start: KeptDraft | undefined, input: DraftInput | null): Keeping {
  const [key] = useState(() => crypto.randomUUID());
  const [id, setId] = useState(start?.id);
  const [kept, setKept] = useState<string | null>(null);
  const isOver = useRef(false);
  const { mutate: save } = useMutation({
    mutationFn: (variables: SaveDraftMutationVariables) => ask(SaveDraft, variables),
  });
  const { mutate: remove } = useMutation({
    mutationFn: (draftId: string) => ask(DeleteDraft, { input: { draftId } }),
  });
  const text = input === null ? null : JSON.stringify(input);
  useEffect(() => {
    if (text === null || isOver.current) return;
    const timer = setTimeout(() => {
      const wanted = JSON.parse(text) as DraftInput;
      save(
        { input: { ...wanted, ...(id === undefined ? {} : { draftId: id }), idempotencyKey: key } },
        {
          onSuccess: ({ data: { saveDraft } }) => {
            if (saveDraft.__typename !== 'DraftSaved') return;
            setId(saveDraft.saved.id);
            setKept(text);
          },
        },
      );
    }, restMs);
    return () => clearTimeout(timer);
  }, [text, id, key, save]);
  return {
    id,
    isKept: text !== null && kept === text,
    forget: () => {
      isOver.current = true;
      if (id !== undefined) remove(id);
    },
    leave: () => {
      isOver.current = true;
    },
  };
}
