/** Two lines of a log, and what they are packed. */
export const packedLine =
  'line 1\nNov  7 06:20:49 n kubelet: E1107 06:20:49.829886   13241 file_linux.go:61] Unable to read config path "/etc/kubernetes/manifests": path does not exist, ignoring\n'
/** By `xz`, as base64. */
export const XZ =
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4ACnAJFdADYaSh8IoCtuxpXe7alhSpp5oxL8c71YgIOtpsNU+khAkBxNh+A6G2+5oTS6ZH0jqG8pW8wSnQx63kdzFzMoYyGRl1jf10cKg1zHlhGx4LMLv/NJWImHG/xzOu8BEpyRnyOuW9qnf9SbNeORDScutwPo6w1/QIkvPcc0ghawmB4KzQDg6uLR8fq6H4ZgWgm5AAAAAAAAJyVjjR/2giAAAa0BqAEAAICkqtKxxGf7AgAAAAAEWVo='
/** By `zstd`, as base64. */
export const ZSTD =
  'KLUv/SSoPQQAgskeHVDJ5gzTPi1ye9GO2kjMJNJEY40eiiFMaKNqrB4CxluteJ8e0FGvfPM+JkvtiB1z0nWJJGbnVglZVBJ1JscR7RR/Oi1Hl1xW535CyG3hBtY0fshlrcJDQp3OmCXA/jeO8ywOojA2eOuECVnU9w/TlKU1ygX/ggkGe67CAgBZUSO6t/kEebsgkQ=='
