export {
  archiveEndpoint,
  createEndpoint,
  giveUpEndpoint,
  rotateSecret,
  setEndpoint,
  type Wanted,
} from './endpoints.ts'
export {
  delivered,
  deliveries,
  endpoints,
  failed,
  replayDead,
  replayRange,
  replaySome,
  sweepDeliveries,
  takeDue,
  toWebhooks,
} from './deliveries.ts'
