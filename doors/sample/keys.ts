import { derivedKey } from '#kernel/ids'
import { sample } from '#sample'

/** A command of the sample is done once, however often it is loaded. */
export const key = (what: string) => derivedKey('sample', what)
export const placeId = (code: string) => sample.places.findIndex((p) => p.code === code) + 1
