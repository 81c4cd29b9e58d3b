import { customType } from 'drizzle-orm/pg-core'

/** `timestamptz` seen as epoch milliseconds, the only form of an instant inside Throughline. */
export const instant = customType<{ data: number; driverData: Date | string }>({
  dataType: () => 'timestamptz(3)',
  fromDriver: (value) => new Date(value).getTime(),
  toDriver: (value) => new Date(value).toISOString(),
})

export const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  fromDriver: (value) => value,
  toDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
})
