const MAX_LENGTH = 200;

/** A provider's text made fit for a log line: short, on one line, in quotation marks. */
export function quoted(text = ''): string {
  return JSON.stringify(text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}...` : text);
}
