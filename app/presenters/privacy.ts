import { dataRequestEnds } from "#app/core/privacy/data-subject.ts";
import { dateTime, plural } from "./format.ts";

interface DataRequest {
  readonly id: number;
  readonly requestedAt: Date;
  readonly customerId: string | null;
  readonly email: string | null;
  readonly orders: number;
}

export interface DataRequestView {
  readonly id: number;
  readonly who: string;
  readonly requestedAt: string;
  readonly orders: string;
  readonly until: string;
  readonly fileName: string;
}

export const presentDataRequest = (request: DataRequest, timeZone: string): DataRequestView => ({
  id: request.id,
  who: request.email ?? `Customer ${request.customerId ?? "without a number"}`,
  requestedAt: dateTime(request.requestedAt, timeZone),
  orders: plural(request.orders, "order"),
  until: dateTime(dataRequestEnds(request.requestedAt), timeZone),
  fileName: `data-request-${request.id}.json`,
});
