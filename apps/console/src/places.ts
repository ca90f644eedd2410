import type { Answers, Client } from '@akinai/client'
import { useQuery } from '@tanstack/react-query'
import { api } from './api.ts'

export type Place = Awaited<ReturnType<Client['places']>>['items'][number]
/** The same with its address, in use or not. */
export type KeptPlace = Answers['places.all']['items'][number]

/** Warehouses and stores; they seldom change. */
export function usePlaces(): readonly Place[] {
  return useQuery({ queryKey: ['places'], queryFn: () => api.places(), staleTime: 300_000 }).data?.items ?? []
}
