import {
  getNamedType,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLObjectType,
  isCompositeType,
  isObjectType,
} from "graphql";
import { type AccessFile, adminAccessFile } from "./schema.ts";

export const PROTECTED_CONTENTS = ["name", "email", "phone", "address"] as const;
/** A kind of protected customer data that Shopify approves one by one. */
export type ProtectedContent = (typeof PROTECTED_CONTENTS)[number];

/** Whether the granted scopes hold one scope; a write scope holds its read scope, as at Shopify. */
export function holdsScope(granted: ReadonlySet<string>, scope: string): boolean {
  return granted.has(scope) || (scope.startsWith("read_") && granted.has(`write_${scope.slice("read_".length)}`));
}

export interface FieldVerdict {
  /** The scopes one of which is missing, or null when the field is open. */
  readonly missing: readonly string[] | null;
  /** Protected customer data that was not granted: null. */
  readonly hidden: boolean;
}

/**
 * What an access token may see. One gate lives as long as a request or a bulk operation, and remembers its verdicts, since
 * the same few fields are asked for every row.
 */
export class AccessGate {
  readonly scopes: ReadonlySet<string>;
  private readonly protectedData: ReadonlySet<ProtectedContent>;
  private readonly rules: AccessFile = adminAccessFile();
  private readonly verdicts = new Map<GraphQLObjectType, Map<string, FieldVerdict>>();

  constructor(scopes: Iterable<string>, protectedData: Iterable<ProtectedContent>) {
    this.scopes = new Set(scopes);
    this.protectedData = new Set(protectedData);
  }

  holds(scope: string): boolean {
    return holdsScope(this.scopes, scope);
  }

  /** What the token may see of a field. */
  verdictOn(parent: GraphQLObjectType, fieldName: string): FieldVerdict {
    let ofType = this.verdicts.get(parent);
    if (!ofType) this.verdicts.set(parent, (ofType = new Map()));
    let verdict = ofType.get(fieldName);
    if (!verdict) ofType.set(fieldName, (verdict = this.judge(parent, fieldName)));
    return verdict;
  }

  /** The scopes one of which is missing for an object of a type; needed where a field's type is a union or an interface. */
  missingForType(typeName: string): string[] | null {
    return this.missingOf(this.rules.types[typeName]);
  }

  /** Whether a field is protected customer data that this shop has not granted. */
  hides(parentName: string, fieldName: string): boolean {
    const rule = this.rules.protectedFields[`${parentName}.${fieldName}`];
    return rule !== undefined && !this.protectedData.has(rule.content);
  }

  private judge(parent: GraphQLObjectType, fieldName: string): FieldVerdict {
    const key = `${parent.name}.${fieldName}`;
    const field = parent.getFields()[fieldName];
    const returned = field && nodeTypeOf(getNamedType(field.type));
    const asked = this.rules.fields[key];
    const missing =
      this.missingOf(parent.name === "Mutation" ? asked?.map(writeScope) : asked) ??
      (returned ? this.missingForType(returned.name) : null);
    return { missing, hidden: this.hides(parent.name, fieldName) };
  }

  private missingOf(anyOf: readonly string[] | undefined): string[] | null {
    if (!anyOf || anyOf.some((scope) => this.holds(scope))) return null;
    return [...anyOf];
  }
}

/** Of some mutations the schema names the scope without saying what for; who changes something writes. */
function writeScope(scope: string): string {
  return /^(?:read|write|manage)_/.test(scope) ? scope : `write_${scope}`;
}

/** Shopify's error for a field that the token's scopes do not cover. */
export function accessDenied(fieldName: string, anyOf: readonly string[]): GraphQLError {
  const required = `${anyOf.map((scope) => `\`${scope}\``).join(" or ")} access scope.`;
  return new GraphQLError(`Access denied for ${fieldName} field. Required access: ${required}`, {
    extensions: {
      code: "ACCESS_DENIED",
      documentation: "https://shopify.dev/api/usage/access-scopes",
      requiredAccess: required,
    },
  });
}

/** Access rules name the node's type; a connection is as open as its nodes. */
function nodeTypeOf(type: GraphQLNamedType): GraphQLNamedType | null {
  if (!isCompositeType(type)) return null;
  if (isObjectType(type) && type.name.endsWith("Connection")) {
    const nodes = type.getFields()["nodes"];
    if (nodes) return getNamedType(nodes.type);
  }
  return type;
}
