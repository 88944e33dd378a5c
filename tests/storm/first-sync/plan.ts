import { seededRandom } from "#tests/local-shopify/world/random.ts";
import { killsIn } from "../kills.ts";
import { FAULTS, KILLED, SHOPIFYS, type FaultName } from "./faults.ts";

/** How many kills, and how many other faults, one sync has to stand in the mixed rounds. */
const KILLS_AT_ONCE = 3;
const OTHERS_AT_ONCE = 2;

/** Every fault by itself, kills as far as they go, and then the other kills in threes with two faults of Shopify's beside them. */
export const planOf = ({ kills, seed }: { readonly kills: number; readonly seed: string }): FaultName[][] => {
  const random = seededRandom(seed, "plan");
  const all = killsIn(kills, seed).map(({ kind }) => KILLED[kind]);
  const killed = new Set<string>(Object.values(KILLED));
  const names = (Object.keys(FAULTS) as FaultName[]).filter((name) => !killed.has(name));
  const rounds: FaultName[][] = [...all.splice(0, killed.size), ...names].map((name) => [name]);
  while (all.length > 0) {
    const others = Array.from({ length: OTHERS_AT_ONCE }, () => random.pick(SHOPIFYS));
    rounds.push([...all.splice(0, KILLS_AT_ONCE), ...others]);
  }
  return rounds;
};
