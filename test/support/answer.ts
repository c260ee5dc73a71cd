/** The status and the members of a JSON answer. */
export async function answerOf(
  sent: Response | Promise<Response>,
): Promise<{ status: number } & Record<string, unknown>> {
  const response = await sent;
  return { status: response.status, ...((await response.json()) as object) };
}

/** What `answerOf` gives for a refusal of the token endpoint (RFC 6749 section 5.2). */
export function invalidGrant(description: unknown): object {
  return { status: 400, error: 'invalid_grant', error_description: description };
}
