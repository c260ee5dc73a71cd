/** The part of a list that is asked for. */
export interface ListRequest {
  /** The `next` of the page before; left out for the first page. */
  readonly after?: string | undefined;
  /** How many items at most, from 1 to 500. @default 50 */
  readonly limit?: number | undefined;
}

/**
 * One page of a list in the order of its ids. A page costs the same however far on it is, and what is added or removed
 * meanwhile moves no other item to another page.
 */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; undefined on the last page. */
  readonly next: string | undefined;
}

const LIMIT = { default: 50, most: 500 };

/**
 * Reads one page. `read` gets the id after which the page begins, undefined for the first page, and the number of rows to
 * read: one more than the page holds tells whether there is another page. Throws a RangeError for a limit out of bounds.
 */
export async function readPage<Item>(
  { after, limit = LIMIT.default }: ListRequest,
  idOf: (item: Item) => string,
  read: (after: string | undefined, limit: number) => Promise<readonly Item[]>,
): Promise<ListPage<Item>> {
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT.most) {
    throw new RangeError(`limit is ${limit}; give a whole number from 1 to ${LIMIT.most}`);
  }
  const found = await read(after, limit + 1);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? idOf(last) : undefined };
}
