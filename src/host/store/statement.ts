// A statement that is put into SQL once and then run with other values each time: building one takes longer than SQLite
// needs to run it.
import {
  sql,
  type Compilable,
  type CompiledQuery,
  type Kysely,
  type QueryResult,
  type RawBuilder,
} from 'kysely';

/** Stands in a statement for the value of this name. */
export type Slot<Values> = <Name extends keyof Values & string>(name: Name) => RawBuilder<Values[Name]>;

/**
 * Prepares a statement.
 *
 * @example
 * const consume = statement<Tables, { id: string; now: number }, object>((db, value) =>
 *   db.updateTable('login').set({ finished: value('now') }).where('id', '=', value('id')).where('finished', 'is', null));
 * const { numAffectedRows } = await consume(transaction, { id, now });
 *
 * @param build - Builds it; called once for each kind of database.
 * @returns What runs it, in the transaction or database given.
 */
export function statement<Tables, Values extends object, Row>(
  build: (database: Kysely<Tables>, slot: Slot<Values>) => Compilable<Row>,
): (database: Kysely<Tables>, values: Values) => Promise<QueryResult<Row>> {
  // Kysely's adapter is the same one for a database and its transactions.
  const compiled = new WeakMap<object, CompiledQuery<Row>>();
  return (database, values) => {
    const executor = database.getExecutor();
    const { adapter } = executor;
    let query = compiled.get(adapter);
    if (!query) {
      query = build(
        database,
        (name) => sql.val(new Named(name)) as RawBuilder<Values[typeof name]>,
      ).compile();
      compiled.set(adapter, query);
    }
    const given = values as Readonly<Record<string, unknown>>;
    const parameters = query.parameters.map((parameter) =>
      parameter instanceof Named ? given[parameter.name] : parameter,
    );
    const run: CompiledQuery<Row> = { ...query, parameters };
    // Without Kysely's plugins, of which there are none: they take half as long again.
    return executor.provideConnection((connection) => connection.executeQuery<Row>(run));
  };
}

class Named {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}
