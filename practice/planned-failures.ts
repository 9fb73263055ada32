const MOST_PLANS = 100;

/** Failures to order: what a server does on a bad day, when somebody wants to try it. */
export class PlannedFailures {
  readonly #plans = new Map<string, { readonly status: number; left: number }>();

  get plans(): { path: string; status: number; times: number }[] {
    return [...this.#plans].map(([path, { status, left }]) => ({ path, status, times: left }));
  }

  /** The next `times` requests to this path answer `status`. @returns `false` when there are too many plans */
  plan(path: string, status: number, times: number): boolean {
    if (!this.#plans.has(path) && this.#plans.size >= MOST_PLANS) return false;
    if (times === 0) this.#plans.delete(path);
    else this.#plans.set(path, { status, left: times });
    return true;
  }

  /** The status to fail with, or `null`. */
  take(path: string): number | null {
    const plan = this.#plans.get(path);
    if (plan === undefined) return null;
    plan.left -= 1;
    if (plan.left === 0) this.#plans.delete(path);
    return plan.status;
  }
}
