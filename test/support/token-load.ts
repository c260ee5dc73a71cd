const AT_ONCE = 8;

/** Requests for tokens that go on and on, as of many clients, and what each was answered. */
export class TokenLoad {
  /** Access tokens that were given. */
  readonly acknowledged: string[] = [];
  /** Each status that was answered; 0 for none. */
  readonly statuses = new Map<number, number>();
  #isOver = false;
  readonly #workers: Promise<void>[];

  constructor(
    private readonly url: string,
    private readonly headers: Record<string, string>,
  ) {
    this.#workers = Array.from({ length: AT_ONCE }, () => this.#work());
  }

  /** Ends with the answers to what is under way. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#workers);
  }

  async #work(): Promise<void> {
    while (!this.#isOver) {
      const { status, token } = await this.#ask();
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
      if (token !== undefined) this.acknowledged.push(token);
    }
  }

  async #ask(): Promise<{ status: number; token?: string }> {
    const body = new URLSearchParams({ grant_type: 'client_credentials' });
    try {
      const response = await fetch(`${this.url}/oauth/token`, { method: 'POST', body, headers: this.headers });
      const { access_token: token } = (await response.json()) as { access_token?: string };
      return token === undefined ? { status: response.status } : { status: response.status, token };
    } catch {
      return { status: 0 };
    }
  }
}
