// All steps from an empty database to the tables of this version.
import { tables } from './migrations/0001-tables.ts';
import { lessToWrite } from './migrations/0002-less-to-write.ts';
import type { Migrations } from './migrations.ts';

/** A database remembers their names: what was released stays as it is. */
export const HOST_SCHEMA: Migrations = { '0001-tables': tables, '0002-less-to-write': lessToWrite };
