/** @jsxImportSource hono/jsx */
// A table. Where there is no room for its head, each cell carries the name of its column.
import type { Child } from 'hono/jsx';

interface TableProps<Column extends string> {
  /** What is in it, for those who do not see it. */
  readonly label: string;
  readonly columns: readonly Column[];
  readonly nameOf: (column: Column) => string;
  /** The column of numbers. */
  readonly numbers?: Column;
  readonly rows: readonly Readonly<Record<Column, Child>>[];
}

export function Table<Column extends string>({ label, columns, nameOf, numbers, rows }: TableProps<Column>) {
  const classOf = (column: Column) => (column === numbers ? 'number' : undefined);
  const lineOf = (row: Readonly<Record<Column, Child>>) => (
    <tr role="row">
      {columns.map((column) => (
        <td key={column} role="cell" class={classOf(column)} data-label={nameOf(column)}>
          {row[column]}
        </td>
      ))}
    </tr>
  );
  return (
    <table role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column} role="columnheader" scope="col" class={classOf(column)}>
              {nameOf(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">{rows.map(lineOf)}</tbody>
    </table>
  );
}
