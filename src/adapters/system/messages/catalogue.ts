import type { MessageId } from '../../../domain/writeback/messages.ts'

/** ICU messages of one language. `number, amount` and `number, percent` are the formats of messages.ts. */
export type Catalogue = Readonly<Record<MessageId, string>>
