/** A registered operation: what is sent of it is its hash. The types say what it takes and what it answers. */
export interface Operation<Data, Variables> {
  readonly id: string;
  readonly takes?: (variables: Variables) => Data;
}
