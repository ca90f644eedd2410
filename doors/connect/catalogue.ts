import { amazon } from '#connectors/amazon'
import type { Connector } from '#doors/kit'

/** Every connector there is. */
export const connectors: ReadonlyMap<string, Connector> = new Map<string, Connector>([[amazon.name, amazon]])
