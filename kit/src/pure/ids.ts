const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a text that one of our ids could be. What is not one names nothing, and is answered like any unknown id (S-06). */
export const isId = (text: string): boolean => idPattern.test(text);
