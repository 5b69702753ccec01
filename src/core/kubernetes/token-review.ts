import { z } from 'zod'

/** What an API server says of a token (`authentication.k8s.io/v1`). */
export const TokenReview = z.object({
  status: z.object({
    authenticated: z.boolean().nullish(),
    audiences: z.array(z.string()).nullish(),
    user: z
      .object({
        username: z.string().nullish(),
        extra: z.record(z.string(), z.array(z.string())).nullish(),
      })
      .nullish(),
  }),
})
export type TokenReview = z.infer<typeof TokenReview>
