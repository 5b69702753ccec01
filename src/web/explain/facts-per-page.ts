/** Facts on one page of the list. */
export const FACTS_PER_PAGE = 50
