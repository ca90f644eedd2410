export { add, allPlaces, placeByCode, placeById, type Place } from './places.ts'
export { PlaceMissing } from './refusals.ts'
