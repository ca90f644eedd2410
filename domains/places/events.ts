import { Type } from 'typebox'
import { event } from '#kernel/journal'

export const PlaceChanged = event(
  'places.place_changed',
  Type.Object({
    place: Type.Integer(),
    change: Type.Enum(['added', 'changed', 'archived', 'resumed']),
  }),
)
