import { isList, isNull, itemAt, lengthOf, Value, wholeNumber } from "../../wasm-api/wasm-api";

/** Groups of products are numbered from 1 to 255. */
const LARGEST_GROUP: i32 = 255;

/** A set of groups, a bit each. */
@unmanaged
export class GroupSet {
  from0: u64;
  from64: u64;
  from128: u64;
  from192: u64;

  clear(): void {
    this.from0 = this.from64 = this.from128 = this.from192 = 0;
  }
  isEmpty(): bool {
    return (this.from0 | this.from64 | this.from128 | this.from192) == 0;
  }
  meets(other: GroupSet): bool {
    return (
      ((this.from0 & other.from0) |
        (this.from64 & other.from64) |
        (this.from128 & other.from128) |
        (this.from192 & other.from192)) !=
      0
    );
  }

  add(group: i32): void {
    const word = changetype<usize>(this) + ((group >> 6) << 3);
    store<u64>(word, load<u64>(word) | ((<u64>1) << (group & 63)));
  }
}

/** Reads a list of group numbers; null is the empty set. False if it is anything else. */
export function readGroups(value: Value, groups: GroupSet): bool {
  groups.clear();
  if (isNull(value)) return true;
  if (!isList(value)) return false;
  const length = lengthOf(value);
  if (length > LARGEST_GROUP) return false;
  for (let i = 0; i < length; i++) {
    const group = wholeNumber(itemAt(value, i));
    if (group < 1 || group > LARGEST_GROUP) return false;
    groups.add(<i32>group);
  }
  return true;
}
