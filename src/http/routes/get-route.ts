import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { refuse } from '../api-error.ts'
import { ErrorDocument } from '../contract.ts'

const language = z.object({
  lang: z.enum(['en', 'zh-CN']).optional().openapi({ description: 'The language of sentences.' }),
})
const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** A GET that answers JSON. @param query what may be asked for beside the language */
export function getRoute<P extends string, T extends z.ZodType, Q extends z.ZodRawShape = z.ZodRawShape>(
  path: P,
  schema: T,
  description: string,
  query?: Q,
) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, z.string()])
  const params = z.object(Object.fromEntries(names) as Record<string, z.ZodString>)
  return createRoute({
    method: 'get',
    path,
    request: { query: language.extend((query ?? {}) as Q), params },
    responses: { 200: json(schema, description), default: json(ErrorDocument, 'A coded error.') },
  })
}

/** Routes that refuse, with a coded error, what does not fit their schemas. */
export function codedRoutes(): OpenAPIHono {
  return new OpenAPIHono({
    defaultHook: (result, context) => (result.success ? undefined : refuse(context, 'KP_BAD_REQUEST')),
  })
}
