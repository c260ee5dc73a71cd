/** Goes on with a value at once, or with the result of a promise, so that a path without I/O costs no promise. */
export function whenKnown<Value, Result>(
  value: Value | Promise<Value>,
  next: (known: Value) => Result | Promise<Result>,
): Result | Promise<Result> {
  return value instanceof Promise ? value.then(next) : next(value);
}
