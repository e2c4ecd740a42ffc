/** Lists that are answered in pages. */

const LARGEST = 200;

interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor?: string | null;
}

/** All of it, page by page. */
export async function everyPage<Item>(
  read: (page: { limit: number; cursor?: string }) => Promise<Page<Item>>,
): Promise<Item[]> {
  const found: Item[] = [];
  for (let cursor: string | null | undefined; ;) {
    const page: Page<Item> = await read(cursor ? { limit: LARGEST, cursor } : { limit: LARGEST });
    found.push(...page.items);
    cursor = page.nextCursor;
    if (!cursor) return found;
  }
}
