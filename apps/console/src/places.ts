import type { Answers, Client } from '@akinai/client'
import { useQuery } from '@tanstack/react-query'
import { api } from './api.ts'

export type Place = Awaited<ReturnType<Client['places']>>['items'][number]
/** The same with its address, in use or not. */
export type KeptPlace = Answers['places.all']['items'][number]

/** What the server takes as a code of a shop, a place or a till. */
export const isPlainCode = (text: string): boolean => /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(text)

/** Warehouses and stores; they seldom change. */
export function usePlaces(): readonly Place[] {
  return useQuery({ queryKey: ['places'], queryFn: () => api.places(), staleTime: 300_000 }).data?.items ?? []
}
