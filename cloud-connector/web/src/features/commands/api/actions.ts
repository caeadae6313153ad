import { useMutation, useQueryClient } from '@tanstack/react-query';
import { COMMANDS, detailKey, LISTS } from '@/features/commands/api/queries';
import type { CommandWithHistory, JsonObject, Target } from '@/features/commands/api/types';
import { type ApiError, call } from '@/lib/api-client';
import type { Result } from '@/lib/result';

export type NewCommand = {
  readonly target: Target;
  readonly type: string;
  readonly params: JsonObject;
  readonly reason: string;
  /** Made once for what the user means to send once: a second press sends nothing again. */
  readonly key: string;
  /** Given for what goes out without an approval. */
  readonly password?: string;
};

export type Decision =
  | { readonly action: 'approve'; readonly paramsHash: string; readonly reason: string }
  | { readonly action: 'reject'; readonly reason: string }
  | { readonly action: 'cancel'; readonly reason: string; readonly force: boolean };

type Answer = Result<CommandWithHistory, ApiError>;

async function create(command: NewCommand): Promise<Answer> {
  let proof: string | undefined;
  if (command.password !== undefined) {
    const proven = await call<{ proof: string }>('POST', '/api/v1/auth/reauth', {
      password: command.password,
    });
    if (!proven.ok) {
      return proven;
    }
    proof = proven.value.proof;
  }
  return call<CommandWithHistory>(
    'POST',
    COMMANDS,
    {
      gatewayId: command.target.gatewayId,
      target: command.target.id,
      type: command.type,
      params: command.params,
      ...(command.reason !== '' && { reason: command.reason }),
      ...(proof !== undefined && { reauthProof: proof }),
    },
    { 'Idempotency-Key': command.key },
  );
}

function decide(id: string, { action, ...body }: Decision): Promise<Answer> {
  const { reason, ...rest } = body;
  return call<CommandWithHistory>('POST', `${COMMANDS}/${encodeURIComponent(id)}/${action}`, {
    ...rest,
    ...(reason !== '' && { reason }),
  });
}

export function useCreateCommand() {
  const keep = useKeep();
  return useMutation({ mutationFn: create, onSuccess: keep });
}

export function useDecision(id: string) {
  const keep = useKeep();
  return useMutation({ mutationFn: (decision: Decision) => decide(id, decision), onSuccess: keep });
}

/** What the server answered is newer than what is shown. */
function useKeep() {
  const queries = useQueryClient();
  return (answer: Answer) => {
    if (answer.ok) {
      queries.setQueryData(detailKey(answer.value.id), answer.value);
    }
    void queries.invalidateQueries({ queryKey: LISTS });
  };
}
