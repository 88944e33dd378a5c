/** What may go wrong between Shopify and the app; each holds until it is switched off. */
export class WebhookSwitches {
  /** Send everything twice, with the same event id. */
  duplicate = false;
  /** Send this share of all webhooks twice: 0 none, 1 all. */
  duplicateShare = 0;
  /** Hold one back until the next, and send them the wrong way round. */
  reorder = false;
  /** Wait so long before the first attempt. */
  delayMs = 0;
  /** Send nothing. */
  drop = false;
  /** Never send this share of all webhooks: 0 none, 1 all. */
  dropShare = 0;
  /**
   * Send products/update, customers/update, company_locations/update or discounts/update for whoever carries a metafield that
   * an app wrote or deleted, and let it count as changed then. Shopify is known to for products; what it does for the others
   * is not documented.
   */
  metafieldEchoes = false;
  private isHeld = false;
  private readonly onHold: () => void;

  constructor(onHold: () => void) {
    this.onHold = onHold;
  }

  /** While true nothing is sent: what is to be sent piles up. */
  get hold(): boolean {
    return this.isHeld;
  }

  set hold(isHeld: boolean) {
    this.isHeld = isHeld;
    this.onHold();
  }
}
