/** What a rule answers: the value it accepted, or the refusal it foresaw. A failure that no rule foresees is an `AppError`. */
export type Result<Value, Refusal> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: Refusal };

/** The rule holds; `value` is what may now be stored or shown. */
export const accept = <Value>(value: Value): Result<Value, never> => ({ ok: true, value });

/** The rule does not hold; `refusal` says which and, where the caller may know it, why. */
export const refuse = <Refusal>(refusal: Refusal): Result<never, Refusal> => ({ ok: false, refusal });
