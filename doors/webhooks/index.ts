export { Deliveries, messageId, messageOf, patienceHours, pauses, secretsOf } from './deliver.ts'
export { fit, mayConnect, Unfit, type Resolve } from './guard.ts'
export { send } from './send.ts'
export { newSecret, signatureOf } from './sign.ts'
