export { compose, type Letter } from './compose.ts'
export { letterOf } from './letter.ts'
export { Mailer, pauses } from './mailer.ts'
export { messageIdOf, send, type Post } from './post.ts'
