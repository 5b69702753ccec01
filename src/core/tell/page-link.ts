/** Where the page shows an incident; all of them where none is meant. A GET there changes nothing. */
export function pageLink(baseUrl: string, incidentId?: string): string {
  return incidentId === undefined
    ? `${baseUrl}/incidents`
    : `${baseUrl}/incidents/${encodeURIComponent(incidentId)}`
}
