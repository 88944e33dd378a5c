import { GraphQLError } from "graphql";
import { z } from "zod";
import { compareDigestOf, type MetafieldPlace, type MetafieldWrite } from "../metafields/metafield-store.ts";
import { faultOfValue } from "../metafields/metafield-values.ts";
import { isForeign, namespaceOf } from "../metafields/namespaces.ts";
import { UserErrorSource } from "./bulk-fields.ts";
import { MAX_PAGE_SIZE } from "./connection.ts";
import type { AdminContext } from "./context.ts";
import { type Args, defineType, GraphSource } from "./define-type.ts";
import { accessDenied } from "./access.ts";
import { MetafieldSource } from "./metafield-fields.ts";
import { metafieldOwner } from "./metafield-owners.ts";

const MOST_AT_ONCE = 25;
const NOT_ALLOWED = "Access to this namespace and key on Metafields for this resource type is not allowed.";

const setInputSchema = z.array(
  z.object({
    ownerId: z.string(),
    namespace: z.string().nullish(),
    key: z.string(),
    type: z.string().nullish(),
    value: z.string(),
    compareDigest: z.string().nullish(),
  }),
);
const identifiersSchema = z.array(z.object({ ownerId: z.string(), namespace: z.string(), key: z.string() }));

type SetInput = z.output<typeof setInputSchema>[number];

export interface MetafieldFault {
  readonly code: string;
  /** Within the metafield's input. */
  readonly field: string | null;
  readonly message: string;
}

class SetErrorSource extends GraphSource {
  readonly typename = "MetafieldsSetUserError";
  readonly error: { code: string; field: string[]; message: string };

  constructor(error: SetErrorSource["error"]) {
    super();
    this.error = error;
  }
}

class SetPayloadSource extends GraphSource {
  readonly typename = "MetafieldsSetPayload";
  readonly metafields: readonly MetafieldSource[] | null;
  readonly userErrors: readonly SetErrorSource[];

  constructor(metafields: readonly MetafieldSource[] | null, userErrors: readonly SetErrorSource[]) {
    super();
    this.metafields = metafields;
    this.userErrors = userErrors;
  }
}

class DeletePayloadSource extends GraphSource {
  readonly typename = "MetafieldsDeletePayload";
  readonly deleted: readonly (IdentifierSource | null)[];
  readonly userErrors: readonly UserErrorSource[];

  constructor(deleted: readonly (IdentifierSource | null)[], userErrors: readonly UserErrorSource[]) {
    super();
    this.deleted = deleted;
    this.userErrors = userErrors;
  }
}

class IdentifierSource extends GraphSource {
  readonly typename = "MetafieldIdentifier";
  readonly place: MetafieldPlace;

  constructor(place: MetafieldPlace) {
    super();
    this.place = place;
  }
}

export const metafieldPayloadTypes = [
  defineType("MetafieldsSetPayload", SetPayloadSource, {
    metafields: ({ metafields }) => metafields,
    userErrors: ({ userErrors }) => userErrors,
  }),
  defineType("MetafieldsSetUserError", SetErrorSource, {
    code: ({ error }) => error.code,
    field: ({ error }) => error.field,
    message: ({ error }) => error.message,
    // Set only for values that are lists.
    elementIndex: () => null,
  }),
  defineType("MetafieldsDeletePayload", DeletePayloadSource, {
    deletedMetafields: ({ deleted }) => deleted,
    userErrors: ({ userErrors }) => userErrors,
  }),
  defineType("MetafieldIdentifier", IdentifierSource, {
    ownerId: ({ place }) => place.ownerId,
    namespace: ({ place }) => place.namespace,
    key: ({ place }) => place.key,
  }),
];

/** All of them or, when one is refused, none. */
export function metafieldsSet(args: Args, context: AdminContext): GraphSource {
  const inputs = setInputSchema.parse(args["metafields"]);
  if (inputs.length > MOST_AT_ONCE) {
    const message = `Exceeded the maximum metafields input limit of ${MOST_AT_ONCE}.`;
    return new SetPayloadSource(null, [
      new SetErrorSource({ code: "LESS_THAN_OR_EQUAL_TO", field: ["metafields"], message }),
    ]);
  }
  for (const { ownerId } of inputs) requireScope("metafieldsSet", ownerId, context);
  const faults = inputs.flatMap((input, index) => {
    const fault = faultOfOwner(input, context) ?? faultOfMetafield(input, context) ?? faultOfDigest(input, context);
    return fault ? [setError(fault, index)] : [];
  });
  if (faults.length > 0) return new SetPayloadSource([], faults);
  const writes = inputs.map((input) => writeOf(input, context));
  context.desk.setMetafields(writes);
  const written = writes.flatMap((write) => context.store.metafields.get(write) ?? []);
  return new SetPayloadSource(
    written.map((record) => new MetafieldSource(record)),
    [],
  );
}

/** What is not there is answered null, and is no error. */
export function metafieldsDelete(args: Args, context: AdminContext): GraphSource {
  const places = identifiersSchema.parse(args["metafields"]).map((place) => placeOf(place, context));
  if (places.length > MAX_PAGE_SIZE) {
    const message = `The input array size of ${places.length} is greater than the maximum allowed of ${MAX_PAGE_SIZE}.`;
    throw new GraphQLError(message, { extensions: { code: "MAX_INPUT_SIZE_EXCEEDED" } });
  }
  for (const { ownerId } of places) requireScope("metafieldsDelete", ownerId, context);
  if (places.some(({ namespace }) => isForeign(namespace, context.appId))) {
    return new DeletePayloadSource(
      [],
      [new UserErrorSource("UserError", { code: null, field: ["metafields"], message: NOT_ALLOWED })],
    );
  }
  const there = places.map((place) => (context.store.metafields.get(place) ? place : null));
  const gone = there.filter((place) => place !== null);
  if (gone.length > 0) context.desk.deleteMetafields(gone);
  return new DeletePayloadSource(
    there.map((place) => place && new IdentifierSource(place)),
    [],
  );
}

/** What is wrong with a metafield, whoever its owner is; null when nothing is. */
export function faultOfMetafield(
  input: { namespace?: string | null | undefined; key: string; type?: string | null | undefined; value: string },
  { appId }: AdminContext,
): MetafieldFault | null {
  const namespace = namespaceOf(input.namespace ?? null, appId);
  if (isForeign(namespace, appId)) return { code: "APP_NOT_AUTHORIZED", field: null, message: NOT_ALLOWED };
  return (
    faultOfName("namespace", namespace, { least: 3, most: 255 }) ??
    faultOfName("key", input.key, { least: 2, most: 64 }) ??
    faultOfValue(input.type ?? null, input.value)
  );
}

function faultOfName(
  field: "namespace" | "key",
  text: string,
  { least, most }: { least: number; most: number },
): MetafieldFault | null {
  const name = field === "key" ? "Key" : "Namespace";
  if (text.length < least) {
    return { code: "TOO_SHORT", field, message: `${name} is too short (minimum is ${least} characters).` };
  }
  if (text.length > most) {
    return { code: "TOO_LONG", field, message: `${name} is too long (maximum is ${most} characters).` };
  }
  if (/^[A-Za-z0-9_-]+$/.test(text)) return null;
  const message = `${name} must only contain alphanumeric characters, hyphens and underscores.`;
  return { code: "INVALID", field, message };
}

function faultOfOwner({ ownerId }: SetInput, context: AdminContext): MetafieldFault | null {
  if (metafieldOwner(ownerId, context).exists) return null;
  return { code: "INVALID", field: "ownerId", message: "Owner does not exist." };
}

function faultOfDigest(input: SetInput, context: AdminContext): MetafieldFault | null {
  const { compareDigest } = input;
  if (compareDigest === undefined) return null;
  const record = context.store.metafields.get(placeOf(input, context));
  if (compareDigest !== null && !record) {
    return { code: "INVALID_COMPARE_DIGEST", field: null, message: "Invalid `compareDigest` value." };
  }
  if (compareDigest === (record ? compareDigestOf(record) : null)) return null;
  const message = "The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.";
  return { code: "STALE_OBJECT", field: null, message };
}

function setError({ code, field, message }: MetafieldFault, index: number): SetErrorSource {
  const path = ["metafields", String(index), ...(field === null ? [] : [field])];
  return new SetErrorSource({ code, field: path, message });
}

function requireScope(mutation: string, ownerId: string, context: AdminContext): void {
  const { scopes } = metafieldOwner(ownerId, context);
  if (!scopes.some((scope) => context.access.holds(scope))) throw accessDenied(mutation, scopes);
}

function placeOf(
  input: { ownerId: string; namespace?: string | null | undefined; key: string },
  context: AdminContext,
): MetafieldPlace {
  const { id } = metafieldOwner(input.ownerId, context);
  return { ownerId: id, namespace: namespaceOf(input.namespace ?? null, context.appId), key: input.key };
}

function writeOf(input: SetInput, context: AdminContext): MetafieldWrite {
  return { ...placeOf(input, context), type: input.type ?? "", value: input.value };
}
