/** The gate is full, or a row is wanted by too many at once: come back later. Nothing was done. */
export class Busy extends Error {}
/** The same key came with another body. */
export class KeyReused extends Error {}
