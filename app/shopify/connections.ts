import { ShopifyError } from "#app/platform/errors.ts";

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor?: string | null | undefined;
}

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
}

/** All nodes of a connection whose first page is here already. */
export const allNodes = async <Node>(
  first: Page<Node>,
  next: (after: string) => Promise<Page<Node> | null | undefined>,
): Promise<Node[]> => {
  const nodes = [...first.nodes];
  let page: Page<Node> = first;
  while (page.pageInfo.hasNextPage && page.pageInfo.endCursor) {
    const following = await next(page.pageInfo.endCursor);
    // Gone between two pages: half an order must not pass for a whole one.
    if (!following) throw new ShopifyError("unavailable", "The order went away while it was read");
    nodes.push(...following.nodes);
    page = following;
  }
  return nodes;
};

/** All nodes of a connection, read page by page; none of one that is not there. */
export const allPages = async <Node>(
  read: (after: string | null) => Promise<Page<Node> | null | undefined>,
): Promise<Node[]> => {
  const first = await read(null);
  return first ? allNodes(first, read) : [];
};

/** Whether any node of a connection is such a one, read page by page as far as the first that is. */
export const someNode = async <Node>(
  read: (after: string | null) => Promise<Page<Node> | null | undefined>,
  isSuch: (node: Node) => boolean,
): Promise<boolean> => {
  let after: string | null = null;
  do {
    const page: Page<Node> | null | undefined = await read(after);
    if (page?.nodes.some(isSuch)) return true;
    after = (page?.pageInfo.hasNextPage && page.pageInfo.endCursor) || null;
  } while (after !== null);
  return false;
};

/** No order has this many of them; should one have, nothing of it is left out silently. */
export const refuseFurtherPages = (what: string, ...pages: readonly { readonly pageInfo: PageInfo }[]): void => {
  if (pages.some(({ pageInfo }) => pageInfo.hasNextPage))
    throw new ShopifyError("refused", `More ${what} than are read`);
};

/** Where in an order's agreements to read, and where in the sales of the first of them. */
export interface AgreementsPlace {
  readonly count: number;
  readonly after: string | null;
  readonly sales: number;
  readonly salesAfter: string | null;
}

interface AgreementsPage<Agreement extends { readonly sales: Page<unknown> }> {
  readonly edges: readonly { readonly cursor: string; readonly node: Agreement }[];
  readonly pageInfo: PageInfo;
}

const FIRST = { count: 5, sales: 10 };
/** The largest page that Shopify gives. */
const MOST = 250;

/**
 * An order's agreements with all their sales. Sales cannot be asked for by their agreement's id: further ones are read
 * through the order again, one agreement at a time from where it stands among the others.
 *
 * @throws ShopifyError
 */
export const allAgreements = async <Sale, Agreement extends { readonly sales: Page<Sale> }>(
  read: (place: AgreementsPlace) => Promise<AgreementsPage<Agreement> | null | undefined>,
): Promise<(Omit<Agreement, "sales"> & { readonly sales: readonly Sale[] })[]> => {
  const found: (Omit<Agreement, "sales"> & { readonly sales: readonly Sale[] })[] = [];
  let after: string | null = null;
  for (;;) {
    const page: AgreementsPage<Agreement> | null | undefined = await read({ ...FIRST, after, salesAfter: null });
    if (!page) throw new ShopifyError("unavailable", "The order went away while it was read");
    let before: string | null = after;
    for (const { cursor, node } of page.edges) {
      const start = before;
      const sales = await allNodes<Sale>(node.sales, async (salesAfter) => {
        const alone = await read({ count: 1, after: start, sales: MOST, salesAfter });
        return alone?.edges[0]?.node.sales;
      });
      found.push({ ...node, sales });
      before = cursor;
    }
    if (!page.pageInfo.hasNextPage || !page.pageInfo.endCursor) return found;
    after = page.pageInfo.endCursor;
  }
};
