import type pg from "pg";
import { formatCustomerKey, normaliseEmail } from "#app/core/customers/customer-key.ts";
import type { DataSubject } from "#app/core/privacy/data-subject.ts";

/** What a shop holds on a person. */
export interface Person {
  /** Rows of `customer`: the customer, and the guests that the person was under the addresses of these orders. */
  readonly customerIds: readonly bigint[];
  /** The orders named, those of the rows above, and those that the person placed for a company. */
  readonly orderIds: readonly bigint[];
}

const keysOf = ({ customerId, email }: DataSubject): string[] => [
  ...(customerId === null ? [] : [formatCustomerKey({ kind: "customer", id: customerId })]),
  ...(email === null || email.trim() === ""
    ? []
    : [formatCustomerKey({ kind: "guest", email: normaliseEmail(email) })]),
];

/**
 * Finds the person. A guest is an e-mail address: whoever placed one of a guest's orders placed them all. Companies are
 * nobody's person, and an order named that belongs to another customer says nothing of that customer.
 */
export const findPerson = async (client: pg.PoolClient, shopId: number, subject: DataSubject): Promise<Person> => {
  const customers = await client.query<{ id: bigint }>(
    `SELECT id FROM customer WHERE shop_id = $1 AND key = ANY ($2)
     UNION
     SELECT customer.id FROM "order" JOIN customer ON customer.shop_id = $1 AND customer.id = "order".customer_id
     WHERE "order".shop_id = $1 AND "order".id = ANY ($3) AND customer.kind = 'guest' AND redacted_at IS NULL
     ORDER BY id`,
    [shopId, keysOf(subject), subject.orderIds],
  );
  const customerIds = customers.rows.map(({ id }) => id);
  const orders = await client.query<{ id: bigint }>(
    `SELECT id FROM "order"
     WHERE shop_id = $1 AND (id = ANY ($2) OR customer_id = ANY ($3) OR facts ->> 'customerId' = $4) ORDER BY id`,
    [shopId, subject.orderIds, customerIds, subject.customerId?.toString() ?? null],
  );
  return { customerIds, orderIds: orders.rows.map(({ id }) => id) };
};
