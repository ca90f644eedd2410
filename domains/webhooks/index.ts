export {
  addEndpoint,
  changeEndpoint,
  endpointAt,
  EndpointMoved,
  type Endpoint,
  type State,
} from './endpoints.ts'
export { AddressUnfit, EndpointChanged, EndpointMissing } from './refusals.ts'
