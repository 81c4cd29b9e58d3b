import { z } from 'zod'

const text = z.string().min(1)
const duration = z.string().regex(/^(\d+(h|m|s|ms))+$/, 'expected a duration such as 10s')
const healthcheck = z.strictObject({
  test: z.tuple([z.enum(['CMD', 'CMD-SHELL'])], text),
  interval: duration,
  timeout: duration,
  retries: z.int().positive(),
  start_period: duration.optional(),
})

const service = z.strictObject({
  image: text,
  build: text.optional(),
  command: z.array(text).optional(),
  /** The specification takes text, numbers and booleans; text alone leaves nothing to YAML's guesses. */
  environment: z.record(z.string().regex(/^[A-Z_]+$/), z.string()).optional(),
  env_file: text.optional(),
  depends_on: z
    .record(text, z.strictObject({ condition: z.enum(['service_started', 'service_healthy']) }))
    .optional(),
  ports: z.array(z.string().regex(/^\d+:\d+$/)).optional(),
  volumes: z.array(z.string().regex(/^[a-z]+:\/[\w/]+$/)).optional(),
  healthcheck: healthcheck.optional(),
  restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']).optional(),
  stop_grace_period: duration.optional(),
})

/**
 * The part of the Compose specification that docker-compose.yml uses, and nothing more: a key that is misspelt or
 * new here is refused, so that it is looked up once by a person.
 */
export const composeFile = z.strictObject({
  'x-throughline': z.unknown(),
  services: z.record(text, service),
  volumes: z.record(text, z.null()),
})

export type ComposeService = z.output<typeof service>

/** Compose's `${NAME:-default}` and `${NAME:?message}`, filled in from an environment. */
export function interpolate(value: string, environment: Readonly<Record<string, string>>): string {
  return value.replaceAll(
    /\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/g,
    (_, name: string, operator?: string, rest?: string) => {
      const found = environment[name]
      if (found !== undefined && found !== '') return found
      if (operator === '-') return rest ?? ''
      throw new Error(`${name} is not set`)
    },
  )
}
