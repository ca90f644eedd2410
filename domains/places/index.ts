export { add, allPlaces, placeByCode, placeById, type Place, type PlaceKind } from './places.ts'
export { archive, change, freePlaceNumber, placeAt, placesKept, resume, type Kept } from './change.ts'
export { LastPlace, PlaceCodeTaken, PlaceInUse, PlaceMissing, PlaceStale } from './refusals.ts'
