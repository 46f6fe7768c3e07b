// An error thrown where an expression is wanted: `found ?? raise(missing(path))`.

export function raise(error: Error): never {
  throw error;
}
