import { cart, CartLine, lineAt, MOST_LINES } from "./cart";
import { powerOfTen } from "./decimals";
import { exchange } from "./exchange";
import { messageOf } from "./messages";
import { name } from "./names";
import {
  beginList,
  beginObject,
  endList,
  endObject,
  putBytes,
  putName,
  putText,
  putTextOf,
  putTrue,
  TEXT,
} from "../../wasm-api/wasm-api";

/** A discount that one or more lines get: one candidate of the output. */
@unmanaged
class Candidate {
  percent: u32;
  off: u64;
  kinds: i32;
  lines: i32;
  first: CartLine;
  last: CartLine;
}

const CANDIDATES = memory.data(MOST_LINES * offsetof<Candidate>());

function candidateAt(index: i32): Candidate {
  return changetype<Candidate>(CANDIDATES + <usize>index * offsetof<Candidate>());
}

/** The whole output: one operation, or none if no line gets a discount. Lines with the same discount share a candidate. */
export function writeDiscounts(inChinese: bool): void {
  const candidates = gather();
  beginObject(1);
  putText("operations");
  beginList(min(candidates, 1));
  if (candidates > 0) writeOperation(candidates, inChinese);
  endList();
  endObject();
}

function gather(): i32 {
  let candidates = 0;
  for (let i = 0; i < cart.lines; i++) {
    const line = lineAt(i);
    if (line.percent == 0 && line.off == 0) continue;
    line.next = null;
    let c = 0;
    while (c < candidates && (candidateAt(c).percent != line.percent || candidateAt(c).off != line.off)) c++;
    const candidate = candidateAt(c);
    if (c == candidates) {
      candidates++;
      candidate.percent = line.percent;
      candidate.off = line.off;
      candidate.kinds = line.kinds;
      candidate.lines = 1;
      candidate.first = line;
    } else {
      // A message that is true of all its lines: without a kind if theirs differ.
      if (candidate.kinds != line.kinds) candidate.kinds = 0;
      candidate.lines++;
      candidate.last.next = line;
    }
    candidate.last = line;
  }
  return candidates;
}

/** Targets are disjoint, and with ALL every candidate is applied. */
function writeOperation(candidates: i32, inChinese: bool): void {
  beginObject(1);
  putText("productDiscountsAdd");
  beginObject(2);
  putText("selectionStrategy");
  putText("ALL");
  putText("candidates");
  beginList(candidates);
  for (let c = 0; c < candidates; c++) writeCandidate(candidateAt(c), inChinese);
  endList();
  endObject();
  endObject();
}

function writeCandidate(candidate: Candidate, inChinese: bool): void {
  beginObject(3);
  putText("message");
  putText(messageOf(candidate.kinds, inChinese));
  putText("targets");
  beginList(candidate.lines);
  for (let line: CartLine | null = candidate.first; line !== null; line = line.next) {
    beginObject(1);
    putName(name.cartLine);
    beginObject(1);
    putName(name.id);
    putTextOf(line.id);
    endObject();
    endObject();
  }
  endList();
  putText("value");
  beginObject(1);
  if (candidate.off > 0) writeAmount(candidate.off);
  else writePercentage(candidate.percent);
  endObject();
  endObject();
}

function writePercentage(percent: u32): void {
  putText("percentage");
  beginObject(1);
  putText("value");
  putBytes(writeDecimal(percent, 2));
  endObject();
}

function writeAmount(off: u64): void {
  putText("fixedAmount");
  beginObject(2);
  putText("amount");
  putBytes(writeDecimal(off, exchange.exponent));
  putText("appliesToEachItem");
  putTrue();
  endObject();
}

/**
 * Puts a number of hundredths, or of other fractions, into `TEXT` and returns its bytes.
 *
 * @example writeDecimal(1250, 2) // "12.50"
 */
function writeDecimal(value: u64, decimals: i32): i32 {
  let digits = decimals + 1;
  while (digits < 19 && value >= powerOfTen(digits)) digits++;
  const length = decimals > 0 ? digits + 1 : digits;
  for (let at = length - 1; at >= 0; at--) {
    if (decimals > 0 && at == length - 1 - decimals) {
      store<u8>(TEXT + at, 46);
      continue;
    }
    store<u8>(TEXT + at, 48 + <u8>(value % 10));
    value /= 10;
  }
  return length;
}
