import type { ChangeTopic } from "../webhooks/topics.ts";
import type { Payload, View } from "../webhooks/view.ts";

/** A webhook that follows from a change; its body is written only when somebody wants it. */
export interface News {
  readonly topic: ChangeTopic;
  readonly payload: (view: View) => Payload;
}

export function news(topic: ChangeTopic, payload: (view: View) => Payload): News {
  return { topic, payload };
}
