import type { TSchema } from 'typebox'
import { refusals } from '#kernel/refusal'
import type { Route } from './route.ts'

/** Headers beside the key of a command: what they are for, and where they are wanted. */
export function headersOf(r: Route): [name: string, required: boolean, description: string][] {
  const cart = r.path.startsWith('/store/v1/carts/:cart') || r.name === 'order.place'
  return [
    ...(cart
      ? [['akinai-cart-token', true, 'The token that came with the cart when it was made.'] as const]
      : []),
    ...(r.path.startsWith('/admin/') && r.who !== 'public'
      ? [['akinai-shop', false, 'The number of the shop that is meant; without it the first.'] as const]
      : []),
    ...(r.method === 'GET'
      ? [
          [
            'akinai-position',
            false,
            'The akinai-position that a command answered: what is read has seen its events.',
          ] as const,
        ]
      : []),
    ['Accept-Language', false, 'ja or en: the words of a problem, and of letters about an order.'],
  ].map(([name, required, description]) => [String(name), required === true, String(description)])
}

/** OpenAPI 3.1, made from the routes: what is mounted is what is described. */
export function describe(routes: readonly Route[], baseUrl: string, version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const r of routes) {
    const path = r.path.replace(/:(\w+)/g, '{$1}')
    const parameters = [
      ...Object.entries(
        (r.input.params as TSchema & { properties?: Record<string, TSchema> })?.properties ?? {},
      ).map(([name, schema]) => ({ name, in: 'path', required: true, schema })),
      ...Object.entries(
        (r.input.query as TSchema & { properties?: Record<string, TSchema> })?.properties ?? {},
      ).map(([name, schema]) => ({
        name,
        in: 'query',
        required: ((r.input.query as { required?: string[] }).required ?? []).includes(name),
        schema,
      })),
      ...(r.method !== 'GET' && !r.keyless
        ? [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: true,
              schema: {
                type: 'string',
                minLength: 8,
                maxLength: 100,
                ...(r.who === 'public' && { format: 'uuid' }),
              },
              description: 'A UUID minted for this command: sent again, it answers again and does nothing.',
            },
          ]
        : []),
      ...headersOf(r).map(([name, required, description]) => ({
        name,
        in: 'header',
        required,
        schema: { type: 'string' },
        description,
      })),
    ]
    ;(paths[path] ??= {})[r.method.toLowerCase()] = {
      operationId: r.name,
      summary: r.summary,
      tags: [r.path.split('/')[1]],
      'x-permission': r.who,
      ...(r.who === 'public' ? {} : { security: [{ session: [] }] }),
      ...(parameters.length && { parameters }),
      ...(r.input.body && {
        requestBody: { required: true, content: { 'application/json': { schema: r.input.body } } },
      }),
      responses: {
        200: { description: 'OK', content: { 'application/json': { schema: r.output } } },
        default: { $ref: '#/components/responses/Problem' },
      },
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Akinai',
      version,
      description: 'One ledger for stock, points and money. Amounts are whole yen; times are ISO 8601.',
    },
    servers: [{ url: baseUrl }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'akinai_staff' } },
      responses: {
        Problem: {
          description: 'A problem in words (RFC 9457)',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'code', 'id'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { type: 'string', enum: [...refusals.keys()].sort() },
            todo: { type: 'string' },
            detail: { type: 'object' },
            errors: {
              type: 'array',
              items: {
                type: 'object',
                properties: { path: { type: 'string' }, message: { type: 'string' } },
              },
            },
            id: { type: 'string' },
          },
        },
      },
    },
  }
}
